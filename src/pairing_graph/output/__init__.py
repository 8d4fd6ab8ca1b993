"""What leaves the program as files: tables, workbook, report, graph files, the folder of a run."""
