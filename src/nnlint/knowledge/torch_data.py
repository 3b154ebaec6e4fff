"""PyTorch: data sets, loaders and samplers. A loader or view of a data set is the data set, reordered."""

from __future__ import annotations

from collections.abc import Mapping

from nnlint.knowledge.spec import Compute, Entry, Keep, Split, call

__all__ = ["DATA"]

_DATASET = "torch.utils.data.Dataset"
_SAMPLER = "torch.utils.data.Sampler"

_ENTRIES: Mapping[str, Entry] = {
    "BatchSampler": call("sampler batch_size drop_last", Compute("sampler"), isa=_SAMPLER),
    "ChainDataset": call("datasets", Keep("datasets"), isa="torch.utils.data.IterableDataset"),
    "ConcatDataset": call("datasets", Keep("datasets"), isa=_DATASET),
    "DataLoader": call(
        "dataset batch_size shuffle sampler batch_sampler num_workers collate_fn pin_memory drop_last "
        "timeout worker_init_fn ...",
        Keep("dataset", "loader"), batch_size=1, shuffle=None,
    ),
    "DistributedSampler": call(
        "dataset num_replicas rank shuffle seed drop_last", Compute("dataset"), isa=_SAMPLER, shuffle=True
    ),
    "RandomSampler": call(
        "data_source replacement num_samples generator", Compute("data_source"), isa=_SAMPLER
    ),
    "SequentialSampler": call("data_source", Compute("data_source"), isa=_SAMPLER),
    "Subset": call("dataset indices", Keep("dataset"), isa=_DATASET),
    "SubsetRandomSampler": call("indices generator", Compute("indices"), isa=_SAMPLER),
    "TensorDataset": call("*tensors", Keep("tensors"), isa=_DATASET),
    "WeightedRandomSampler": call(
        "weights num_samples replacement generator", Compute("weights"), isa=_SAMPLER
    ),
    "default_collate": call("batch", Keep("batch")),
    "random_split": call("dataset lengths generator", Split("datasets")),
}  # fmt: skip

DATA: Mapping[str, Entry] = {
    "torch.nn.utils.rnn.pad_sequence": call("sequences batch_first padding_value ...", Keep("sequences")),
    **{f"torch.utils.data.{name}": entry for name, entry in sorted(_ENTRIES.items())},
}
