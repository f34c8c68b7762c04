"""What readers share: the decoded document, fields, counts, times, HTML, and the finish of every reading."""
