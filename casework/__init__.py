"""What every case shares: history, deadlines, documents, notices, work items, one way to act."""
