"""LangChain with FAISS, as in its tutorial on semantic search."""

import json
import sys
from pathlib import Path

from langchain_community.document_loaders import DirectoryLoader, TextLoader
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

_NEAREST = 50


def index(documents: Path, store: Path, embeddings: HuggingFaceEmbeddings) -> None:
    """Load, split and embed a folder."""
    loader = DirectoryLoader(str(documents), glob="**/*.md", loader_cls=TextLoader)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    vectors = FAISS.from_documents(splitter.split_documents(loader.load()), embeddings)
    vectors.save_local(str(store))


def ask(documents: Path, store: Path, embeddings: HuggingFaceEmbeddings) -> None:
    """Answer each line of standard input with the documents nearest to it."""
    vectors = FAISS.load_local(str(store), embeddings, allow_dangerous_deserialization=True)
    for question in sys.stdin:
        found = vectors.similarity_search(question.strip(), k=_NEAREST)
        paths = (Path(one.metadata["source"]).relative_to(documents).as_posix() for one in found)
        print(json.dumps(list(dict.fromkeys(paths))), flush=True)


if __name__ == "__main__":
    what, documents, store, model = sys.argv[1:]
    embeddings = HuggingFaceEmbeddings(
        model_name=model,
        encode_kwargs={"normalize_embeddings": True, "prompt_name": "document"},
        query_encode_kwargs={"normalize_embeddings": True, "prompt_name": "query"},
    )
    if what == "index":
        index(Path(documents), Path(store), embeddings)
    else:
        ask(Path(documents), Path(store), embeddings)
