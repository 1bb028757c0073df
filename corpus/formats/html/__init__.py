"""Web pages, and e-books, which consist of them."""
