"""The Framecast contract suite: proves that a Framecast server keeps its word."""
