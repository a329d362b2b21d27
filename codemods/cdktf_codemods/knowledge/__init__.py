"""What is data: tables, each row with its source."""
