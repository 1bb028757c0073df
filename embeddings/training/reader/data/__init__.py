"""Training data of the reader: public question sets, and questions written over documents."""
