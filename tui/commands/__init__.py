"""What a writer can do: one record and one plain function a command, one file a feature."""
