"""What fetching needs beside the HTTP client: deadline, decoding, politeness."""
