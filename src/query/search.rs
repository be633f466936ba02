//! Search: text in name, handle, category and city, folding case and diacritics as it goes.
