"""Search: an index of the words of all articles as static files, and the engine that asks it.

`fold` makes one writing of many, `texts` says what is indexed, `terms` cuts it, `block` sorts the terms of a month,
`segment` merges months, `postings` and `chunks` write terms down, `update` keeps the files up to date; `language` reads
a query, `reading` opens files, `query` asks them, `show` holds hits against their text. docs/search.md says why.
Nothing is loaded here: a build in which nothing changed must not pay for the library of numbers.
"""
