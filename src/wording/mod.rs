//! Answers to sentences, in both languages; every figure in a sentence comes out of the answer.
