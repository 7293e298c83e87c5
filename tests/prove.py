"""The slow judges: Lighthouse and Firefox look at the sample archive; figures go to docs/proof.md."""
