//! ODS: the cells of an `OpenDocument` spreadsheet, streamed out of its `content.xml`, so that a cell or row that says
//! it stands there a million times (`table:number-rows-repeated`) costs nothing until it is looked at.

use super::numeral;
use super::workbook::{Assembly, PREVIEW, Sheet, Visit, Workbook};
use super::xlsx::unreadable;
use crate::domain::table::Record;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use zip::ZipArchive;

/// The most columns and rows of a sheet.
const COLUMNS: u32 = 16_384;
const ROWS: u32 = 1_048_576;

/// The most blanks that one mark stands for, the most cells of a sheet that come of repeating others, and the most
/// text that repeating a cell may make.
const BLANKS: u32 = 1_000;
const COPIES: u64 = 1_000_000;
const REPEATED: usize = 1 << 20;

/// An opened spreadsheet.
pub(super) struct OpenDocument<R> {
    archive: ZipArchive<R>,
    sheets: Vec<Sheet>,
    previews: Vec<Vec<Record>>,
}

impl<R: Read + Seek> OpenDocument<R> {
    /// Opens the spreadsheet, and looks at the first rows of every sheet.
    pub(super) fn open(bytes: R) -> Result<OpenDocument<R>, String> {
        let mut document = OpenDocument {
            archive: ZipArchive::new(bytes).map_err(unreadable)?,
            sheets: Vec::new(),
            previews: Vec::new(),
        };
        if document.is_encrypted() {
            return Err(unreadable("password"));
        }
        let (mut sheets, mut previews) = (Vec::new(), Vec::new());
        let mut walk = Walk::over(content(&mut document.archive)?);
        while let Some(sheet) = walk.table()? {
            let mut rows: Vec<Record> = Vec::new();
            let mut assembly = Assembly::default();
            walk.rows(&mut |row, column, text| {
                rows.extend(assembly.add(row, column, text));
                if rows.len() < PREVIEW && assembly.excess().is_none() {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            })?;
            rows.extend(assembly.finish());
            sheets.push(sheet);
            previews.push(rows);
        }
        drop(walk);
        document.sheets = sheets;
        document.previews = previews;
        Ok(document)
    }

    fn is_encrypted(&mut self) -> bool {
        let Ok(manifest) = self.archive.by_name("META-INF/manifest.xml") else {
            return false;
        };
        let mut text = Vec::new();
        let _ = manifest.take(1 << 20).read_to_end(&mut text);
        memchr::memmem::find(&text, b":encryption-data").is_some()
    }
}

impl<R: Read + Seek> Workbook for OpenDocument<R> {
    fn format(&self) -> &'static str {
        "ODS"
    }

    fn sheets(&self) -> Vec<Sheet> {
        self.sheets.clone()
    }

    fn cells(&mut self, sheet: usize, visit: &mut Visit<'_>) -> Result<(), String> {
        let mut walk = Walk::over(content(&mut self.archive)?);
        for _ in 0..=sheet {
            if walk.table()?.is_none() {
                return Ok(());
            }
        }
        walk.rows(visit)
    }

    fn preview(&mut self, sheet: usize) -> Result<Vec<Record>, String> {
        Ok(self.previews.get(sheet).cloned().unwrap_or_default())
    }
}

fn content<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<impl BufRead + '_, String> {
    let entry = archive.by_name("content.xml").map_err(unreadable)?;
    Ok(BufReader::with_capacity(64 << 10, entry))
}

/// A walk through the tables of a document.
struct Walk<B> {
    xml: Reader<B>,
    buffer: Vec<u8>,
    hidden: HashSet<String>,
    style: String,
    /// How many tables are open; those within a cell are deeper.
    depth: u32,
}

/// A cell with what it says, and how many times.
struct Cell {
    column: u32,
    times: u32,
    text: String,
}

impl<B: BufRead> Walk<B> {
    fn over(content: B) -> Walk<B> {
        let mut xml = Reader::from_reader(content);
        let config = xml.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Walk {
            xml,
            buffer: Vec::new(),
            hidden: HashSet::new(),
            style: String::new(),
            depth: 0,
        }
    }

    /// Steps to the next sheet.
    fn table(&mut self) -> Result<Option<Sheet>, String> {
        loop {
            self.buffer.clear();
            match self
                .xml
                .read_event_into(&mut self.buffer)
                .map_err(unreadable)?
            {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "table" => {
                        self.depth += 1;
                        if self.depth == 1 {
                            let name = attribute(&tag, "table:name").unwrap_or_default();
                            let style = attribute(&tag, "table:style-name").unwrap_or_default();
                            let hidden = self.hidden.contains(&style);
                            return Ok(Some(Sheet { name, hidden }));
                        }
                    }
                    "style" => self.style = attribute(&tag, "style:name").unwrap_or_default(),
                    "table-properties"
                        if attribute(&tag, "table:display").as_deref() == Some("false") =>
                    {
                        self.hidden.insert(self.style.clone());
                    }
                    _ => {}
                },
                Event::End(tag) if tag.local_name().as_ref() == "table" => {
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Goes through the rows of the sheet that was stepped to.
    fn rows(&mut self, visit: &mut Visit<'_>) -> Result<(), String> {
        let (mut row, mut times, mut column) = (0u32, 1u32, 0u32);
        let mut copies = 0;
        let mut cells: Vec<Cell> = Vec::new();
        loop {
            self.buffer.clear();
            match self
                .xml
                .read_event_into(&mut self.buffer)
                .map_err(unreadable)?
            {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "table" => self.depth += 1,
                    "table-row" if self.depth == 1 => {
                        times = count(&tag, "table:number-rows-repeated");
                        column = 0;
                        cells.clear();
                    }
                    "table-cell" | "covered-table-cell" if self.depth == 1 => {
                        let times = count(&tag, "table:number-columns-repeated");
                        let tag = tag.into_owned();
                        let text = self.text(&tag)?;
                        if !text.is_empty() && column < COLUMNS {
                            let most = (REPEATED / text.len()).max(1) as u32;
                            let times = times.min(COLUMNS - column).min(most);
                            cells.push(Cell {
                                column,
                                times,
                                text,
                            });
                        }
                        column = column.saturating_add(times);
                    }
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "table" => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Ok(());
                        }
                    }
                    "table-row" if self.depth == 1 => {
                        let all: u64 = cells.iter().map(|cell| u64::from(cell.times)).sum();
                        copies += all * u64::from(times) - cells.len() as u64;
                        if copies > COPIES {
                            return Err(unreadable("it repeats cells more than a million times"));
                        }
                        if give(&cells, row, times, visit).is_break() {
                            return Ok(());
                        }
                        row = row.saturating_add(times);
                        cells.clear();
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// What the cell says that was just opened, up to its end.
    fn text(&mut self, cell: &BytesStart<'_>) -> Result<String, String> {
        let stated = value(cell);
        let own = cell.local_name().as_ref().to_owned();
        let (mut text, mut paragraphs, mut aside, mut nested) = (String::new(), 0, 0u32, 0u32);
        loop {
            self.buffer.clear();
            match self
                .xml
                .read_event_into(&mut self.buffer)
                .map_err(unreadable)?
            {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "annotation" | "table" => aside += 1,
                    name if name == own => nested += 1,
                    "p" | "h" if aside == 0 => {
                        paragraphs += 1;
                        if paragraphs > 1 {
                            text.push('\n');
                        }
                    }
                    "s" if aside == 0 => {
                        let blanks = count(&tag, "text:c").min(BLANKS) as usize;
                        text.extend(std::iter::repeat_n(' ', blanks));
                    }
                    "tab" if aside == 0 => text.push('\t'),
                    "line-break" if aside == 0 => text.push('\n'),
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "annotation" | "table" => aside = aside.saturating_sub(1),
                    name if name == own && nested == 0 => return Ok(stated.unwrap_or(text)),
                    name if name == own => nested -= 1,
                    _ => {}
                },
                Event::Text(piece) if aside == 0 && paragraphs > 0 => {
                    text.push_str(&piece.xml10_content());
                }
                Event::CData(piece) if aside == 0 && paragraphs > 0 => {
                    text.push_str(&piece.xml10_content());
                }
                Event::GeneralRef(entity) if aside == 0 => {
                    if let Some(sign) = resolve_xml_entity(&entity) {
                        text.push_str(sign);
                    } else if let Ok(Some(sign)) = entity.resolve_char_ref() {
                        text.push(sign);
                    } else {
                        return Err(unreadable("it refers to an entity that it may not declare"));
                    }
                }
                Event::Eof => return Err(unreadable("it ends within a cell")),
                _ => {}
            }
        }
    }
}

/// Gives out a row as often as it stands there.
fn give(cells: &[Cell], row: u32, times: u32, visit: &mut Visit<'_>) -> ControlFlow<()> {
    if cells.is_empty() {
        return ControlFlow::Continue(());
    }
    for row in row..row.saturating_add(times).min(ROWS) {
        for cell in cells {
            for column in cell.column..cell.column + cell.times {
                visit(row, column, &cell.text)?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The value that a cell states beside its text; `None` when the text is all there is.
fn value(cell: &BytesStart<'_>) -> Option<String> {
    let of = |name| attribute(cell, name);
    match of("office:value-type")?.as_str() {
        "float" | "percentage" | "currency" => {
            let value = of("office:value")?.trim().parse::<f64>().ok()?;
            Some(numeral::text(value))
        }
        "date" => of("office:date-value").map(|date| date.replacen('T', " ", 1)),
        "time" => of("office:time-value"),
        "boolean" => of("office:boolean-value"),
        _ => of("office:string-value"),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    value.ok().map(std::borrow::Cow::into_owned)
}

/// How many times something stands there: once unless it says so.
fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    let stated = attribute(tag, name).and_then(|text| text.trim().parse::<u64>().ok());
    stated.map_or(1, |times| times.clamp(1, u64::from(u32::MAX)) as u32)
}
