"""What the reader is trained on: public question sets, and questions written over documents."""
