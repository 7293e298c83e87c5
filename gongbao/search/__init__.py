"""Search: an index of the words of all articles as static files, and the engine that asks it.

`fold` makes one writing of many, `terms` cuts a text, `blocks` sorts the terms of a month, `postings` and `chunks` write
them down, `segment` merges months, `update` brings the files up to date, `query` asks them. docs/search.md says why.
Nothing is loaded here: a build in which nothing changed must not pay for the library of numbers.
"""
