"""Reading: `Document` → `KnowledgeBase`, for one notice or many. No file formats."""
