"""The editors' desk: new sources, moved and withdrawn ones. It changes content/ and nothing else."""
