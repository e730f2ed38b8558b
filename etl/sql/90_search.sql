-- What the search finds, see domain/search_text.py for the words. etl/search_index.py fills these tables,
-- warehouse/search.py holds their numbers in memory.

CREATE TABLE search_records (
    record_no INTEGER PRIMARY KEY,
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    hint VARCHAR
);
COMMENT ON TABLE search_records IS
    'Every record that the search finds: those with a profile, the themes and traded clusters, and the terms of the '
    'controlled vocabularies.';
COMMENT ON COLUMN search_records.record_no IS 'Number of the record in the tables of the search.';
COMMENT ON COLUMN search_records.table_name IS 'Table of the record.';
COMMENT ON COLUMN search_records.record_id IS 'Id of the record; vocabulary and term joined by | for a term.';
COMMENT ON COLUMN search_records.label IS 'Name of the record.';
COMMENT ON COLUMN search_records.hint IS
    'What tells it from others of the name, such as place and country; the definition of a term.';

CREATE TABLE search_texts (
    text_no INTEGER PRIMARY KEY,
    record_no INTEGER NOT NULL,
    what VARCHAR,
    is_name BOOLEAN NOT NULL,
    text VARCHAR NOT NULL
);
COMMENT ON TABLE search_texts IS 'The texts by which a record is found: its name, and others such as aliases.';
COMMENT ON COLUMN search_texts.text_no IS 'Number of the text.';
COMMENT ON COLUMN search_texts.record_no IS 'Record.';
COMMENT ON COLUMN search_texts.is_name IS 'Whether the text is a name, an acronym or an alias of the record.';
COMMENT ON COLUMN search_texts.what IS 'What the text is for the record, such as ''also known as''; null for its name.';
COMMENT ON COLUMN search_texts.text IS 'The text as recorded.';

CREATE TABLE search_vocabulary (
    word_no INTEGER NOT NULL,
    word VARCHAR NOT NULL,
    text_count INTEGER NOT NULL
);
COMMENT ON TABLE search_vocabulary IS
    'The words of all texts without case and accents, each two neighbours as one word included, in their order.';
COMMENT ON COLUMN search_vocabulary.word_no IS 'Number of the word.';
COMMENT ON COLUMN search_vocabulary.word IS 'Word.';
COMMENT ON COLUMN search_vocabulary.text_count IS 'Texts that have it: the more, the less it tells.';

CREATE TABLE search_words (
    word_no INTEGER NOT NULL,
    text_no INTEGER NOT NULL,
    share FLOAT NOT NULL
);
COMMENT ON TABLE search_words IS 'The words of each text, by their numbers.';
COMMENT ON COLUMN search_words.word_no IS 'Word.';
COMMENT ON COLUMN search_words.text_no IS 'Text.';
COMMENT ON COLUMN search_words.share IS 'Share of the word in the letters of the text.';

CREATE TABLE search_spellings (
    spelling UINTEGER NOT NULL,
    word_no INTEGER NOT NULL
);
COMMENT ON TABLE search_spellings IS
    'Each word, and what is left of it without any one letter: words that differ by a typing error share a spelling.';
COMMENT ON COLUMN search_spellings.spelling IS 'Checksum (CRC-32) of the word, or of the word without one letter.';
COMMENT ON COLUMN search_spellings.word_no IS 'The word.';
