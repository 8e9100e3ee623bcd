"""What every case shares: history, deadlines, documents, notices, work items and the one way to act."""
