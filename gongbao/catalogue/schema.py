"""The catalogue's tables. What was read, what follows from it, and what was published."""

VERSION = 7

KEPT = "outputs"
"""The one table that outlives another engine: it says which files of an output folder are ours."""

TABLES = """
-- What was read. `record` is the last good version, with its address, texts and references; size, mtime (ns) and
-- digest (a Git blob id) are those of the file as it is now.
CREATE TABLE sources (
  path TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  digest TEXT NOT NULL,
  good TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', draft INTEGER NOT NULL DEFAULT 0,
  publish_at TEXT NOT NULL DEFAULT '', due INTEGER NOT NULL DEFAULT 0, record BLOB
) WITHOUT ROWID;
-- Each build looks at every source's size and time, and must not read their records for it.
CREATE INDEX sources_stat ON sources (path, size, mtime, digest);
CREATE INDEX sources_name ON sources (name);
CREATE INDEX sources_address ON sources (address) WHERE address <> '';
CREATE INDEX sources_publish_at ON sources (publish_at) WHERE publish_at <> '';
CREATE INDEX sources_digest ON sources (good) WHERE kind = 'picture';
CREATE TABLE texts (source TEXT PRIMARY KEY, texts BLOB NOT NULL);
CREATE TABLE refs (
  source TEXT NOT NULL, ord INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, fragment TEXT NOT NULL,
  text TEXT NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, PRIMARY KEY (source, ord)
) WITHOUT ROWID;
CREATE INDEX refs_target ON refs (target);
CREATE TABLE findings (owner TEXT NOT NULL, file TEXT NOT NULL, line INTEGER, col INTEGER, code TEXT, args BLOB);
CREATE INDEX findings_owner ON findings (owner);
CREATE TABLE formers (
  page TEXT NOT NULL, former TEXT NOT NULL, source TEXT NOT NULL, ord INTEGER NOT NULL, target TEXT NOT NULL,
  date TEXT NOT NULL, reason TEXT NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL,
  PRIMARY KEY (page, former, source, ord)
) WITHOUT ROWID;
CREATE INDEX formers_source ON formers (source);
CREATE INDEX formers_target ON formers (target);

-- What follows: which source stands at which address, and where its article stands in which lists.
CREATE TABLE live (address TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL)
  WITHOUT ROWID;
CREATE INDEX live_standing ON live (source) WHERE kind = 'standing';
CREATE TABLE articles (
  source TEXT PRIMARY KEY, address TEXT NOT NULL, issue TEXT NOT NULL, leaf TEXT NOT NULL, leaf_sort TEXT NOT NULL,
  ord INTEGER NOT NULL, title TEXT NOT NULL, column TEXT NOT NULL, card BLOB NOT NULL,
  areas BLOB, units BLOB
) WITHOUT ROWID;
CREATE INDEX articles_order ON articles (issue, leaf_sort, ord, source);
CREATE TABLE memberships (
  subject TEXT NOT NULL, issue TEXT NOT NULL, leaf_sort TEXT NOT NULL, ord INTEGER NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (subject, issue, leaf_sort, ord, source)
) WITHOUT ROWID;
CREATE TABLE subjects (
  subject TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, letter TEXT NOT NULL, parent TEXT NOT NULL,
  articles INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX subjects_letter ON subjects (kind, letter, name);
CREATE INDEX subjects_parent ON subjects (kind, parent);
CREATE INDEX subjects_articles ON subjects (kind, articles);
CREATE TABLE counts (
  subject TEXT NOT NULL, month TEXT NOT NULL, articles INTEGER NOT NULL, PRIMARY KEY (subject, month)
) WITHOUT ROWID;
CREATE TABLE issues (key TEXT PRIMARY KEY, articles INTEGER NOT NULL, record BLOB) WITHOUT ROWID;
-- The day of the year, MM-DD; of an issue of a whole month it is shorter.
CREATE INDEX issues_day ON issues (substr(key, 6, 5));
CREATE TABLE leaves (
  issue TEXT NOT NULL, leaf_sort TEXT NOT NULL, leaf TEXT NOT NULL, articles INTEGER NOT NULL, record BLOB,
  PRIMARY KEY (issue, leaf_sort)
) WITHOUT ROWID;
"""

# How many articles each subject has, and in which month.
COUNTING = """
CREATE TRIGGER counted AFTER INSERT ON memberships BEGIN
  UPDATE subjects SET articles = articles + 1 WHERE subject = new.subject;
  INSERT INTO counts VALUES (new.subject, substr(new.issue, 1, 7), 1)
    ON CONFLICT DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER discounted AFTER DELETE ON memberships BEGIN
  UPDATE subjects SET articles = articles - 1 WHERE subject = old.subject;
  DELETE FROM subjects WHERE subject = old.subject AND articles = 0;
  UPDATE counts SET articles = articles - 1 WHERE subject = old.subject AND month = substr(old.issue, 1, 7);
  DELETE FROM counts WHERE subject = old.subject AND month = substr(old.issue, 1, 7) AND articles = 0;
END;
"""

MEMBERS = """
CREATE INDEX memberships_source ON memberships (source);
"""

PLAN = """
-- The pages that there are, and those that something touched since they were last published.
CREATE TABLE pages (
  kind TEXT NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL, rank INTEGER NOT NULL, part TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX pages_address ON pages (address, rank, key);
CREATE INDEX pages_part ON pages (part, address) WHERE part <> '';
-- `cause` is what soiled it: a source (from the root), or a sign of `causes.py`.
CREATE TABLE dirty (
  kind TEXT NOT NULL, key TEXT NOT NULL, cause TEXT NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
-- Pinyin, as it was spoken once.
CREATE TABLE slugs (text TEXT PRIMARY KEY, slug TEXT NOT NULL) WITHOUT ROWID;
-- The months whose articles changed since search looked at them; what it knows of each; the segments they make.
CREATE TABLE search_stale (month TEXT PRIMARY KEY, cause TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE search_units (month TEXT PRIMARY KEY, articles INTEGER NOT NULL, block TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE search_segments (key TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

BEFORE_FILLING = """
DROP TRIGGER counted;
DROP TRIGGER discounted;
DROP INDEX memberships_source;
"""
AFTER_FILLING = """
INSERT INTO memberships SELECT subject, issue, leaf_sort, ord, source FROM joined ORDER BY 1, 2, 3, 4, 5;
DELETE FROM joined;
INSERT INTO counts SELECT subject, substr(issue, 1, 7), count(*) FROM memberships GROUP BY 1, 2;
UPDATE subjects SET articles = (SELECT count(*) FROM memberships m WHERE m.subject = subjects.subject);
"""
"""What the triggers would have counted, and the indexes found, for each of them: at once it costs a fraction."""

# An empty fingerprint: ours, but not known to be written.
OUTPUTS = """
CREATE TABLE IF NOT EXISTS outputs (
  folder TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, digest TEXT NOT NULL, cause TEXT NOT NULL,
  PRIMARY KEY (folder, path)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outputs_key ON outputs (folder, kind, key);
"""

TEMPORARY = """
CREATE TEMP TABLE gone (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE found (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE changed (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, digest TEXT) WITHOUT ROWID;
CREATE TEMP TABLE blobs (path TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
CREATE TEMP TABLE placed (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TEMP TABLE unsettled (address TEXT PRIMARY KEY, cause TEXT) WITHOUT ROWID;
CREATE TEMP TABLE unsettled_issues (key TEXT PRIMARY KEY, cause TEXT) WITHOUT ROWID;
CREATE TEMP TABLE touches (thing TEXT, key TEXT, cause TEXT, PRIMARY KEY (thing, key)) WITHOUT ROWID;
CREATE TEMP TABLE joined (subject TEXT, issue TEXT, leaf_sort TEXT, ord INTEGER, source TEXT);
CREATE TEMP TABLE queue (
  n INTEGER PRIMARY KEY, phase INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, path TEXT NOT NULL,
  cause TEXT NOT NULL, known TEXT NOT NULL
);
CREATE INDEX temp.queue_path ON queue (phase, path);
CREATE INDEX temp.queue_key ON queue (kind, key);
"""
