"""scikit-learn's transformers, encoders, selectors, pipelines and searches."""

from __future__ import annotations

from typing import Final, Literal

from nnlint.knowledge.spec import Entry, Estimator, Keep, build, call

__all__ = ["TRANSFORMERS", "TRANSFORMER_METHODS"]

TRANSFORMER_METHODS: Final = "sklearn.preprocessing.StandardScaler"
TEXT_METHODS: Final = "sklearn.feature_extraction.text.CountVectorizer"


def transformer(
    kind: Literal["scaler", "imputer", "encoder", "vectorizer", "reducer", "selector", "transformer"],
    isa: str = TRANSFORMER_METHODS,
) -> Entry:
    """A transformer that learns from the features it is fitted on."""
    return build("...", Estimator(kind), operands="", isa=isa)


def label_encoder(name: str) -> Entry:
    """An encoder of targets, with methods of its own."""
    isa = f"sklearn.preprocessing.{name}"
    return build("...", Estimator("encoder", of="labels"), operands="", isa=isa)


def outer(kind: Literal["pipeline", "search"], params: str, steps: str, isa: str) -> Entry:
    """An estimator made of the estimators that the parameter `steps` holds."""
    return build(f"{params} ...", Estimator(kind, steps=steps), operands="", isa=isa)


ENCODER: Final = transformer("encoder")
IMPUTER: Final = transformer("imputer")
REDUCER: Final = transformer("reducer")
# These place the very samples they are fitted on; there is nothing that they could apply to others.
EMBEDDING: Final = build("...", Estimator("embedding"), operands="", isa="sklearn.manifold.TSNE")
RECURSIVE: Final = transformer("selector", "sklearn.feature_selection.RFE")
SCALER: Final = transformer("scaler")
SELECTOR: Final = transformer("selector")
TRANSFORMER: Final = transformer("transformer")
VECTORIZER: Final = transformer("vectorizer")
# Random projections draw their matrix without looking at the data (only at its number of columns).
STATELESS: Final = build(
    "...", Estimator("transformer", stateless=True), operands="", isa=TRANSFORMER_METHODS
)
STATELESS_REDUCER: Final = build(
    "...", Estimator("reducer", stateless=True), operands="", isa=TRANSFORMER_METHODS
)
STATELESS_VECTORIZER: Final = build(
    "...", Estimator("vectorizer", stateless=True), operands="", isa=TRANSFORMER_METHODS
)
TEXT: Final = transformer("vectorizer", TEXT_METHODS)
PIPELINE_METHODS: Final = "sklearn.pipeline.Pipeline"
SEARCH_METHODS: Final = "sklearn.model_selection.GridSearchCV"

TRANSFORMERS: Final[dict[str, Entry]] = {
    "sklearn.cluster.FeatureAgglomeration": REDUCER,
    "sklearn.compose.ColumnTransformer": outer("pipeline", "transformers", "transformers", PIPELINE_METHODS),
    "sklearn.compose.make_column_transformer": outer(
        "pipeline", "*transformers", "transformers", PIPELINE_METHODS
    ),
    "sklearn.cross_decomposition.PLSSVD": REDUCER,
    "sklearn.decomposition.DictionaryLearning": REDUCER,
    "sklearn.decomposition.FactorAnalysis": REDUCER,
    "sklearn.decomposition.FastICA": REDUCER,
    "sklearn.decomposition.IncrementalPCA": REDUCER,
    "sklearn.decomposition.KernelPCA": REDUCER,
    "sklearn.decomposition.LatentDirichletAllocation": REDUCER,
    "sklearn.decomposition.MiniBatchDictionaryLearning": REDUCER,
    "sklearn.decomposition.MiniBatchNMF": REDUCER,
    "sklearn.decomposition.MiniBatchSparsePCA": REDUCER,
    "sklearn.decomposition.NMF": REDUCER,
    "sklearn.decomposition.PCA": REDUCER,
    "sklearn.decomposition.SparseCoder": STATELESS_REDUCER,
    "sklearn.decomposition.SparsePCA": REDUCER,
    "sklearn.decomposition.TruncatedSVD": REDUCER,
    "sklearn.ensemble.RandomTreesEmbedding": TRANSFORMER,
    "sklearn.feature_extraction.DictVectorizer": VECTORIZER,
    "sklearn.feature_extraction.FeatureHasher": build(
        "...",
        Estimator("vectorizer", stateless=True),
        operands="",
        isa="sklearn.feature_extraction.FeatureHasher",
    ),
    "sklearn.feature_extraction.image.PatchExtractor": STATELESS,
    "sklearn.feature_extraction.text.CountVectorizer": TEXT,
    "sklearn.feature_extraction.text.HashingVectorizer": STATELESS_VECTORIZER,
    "sklearn.feature_extraction.text.TfidfTransformer": VECTORIZER,
    "sklearn.feature_extraction.text.TfidfVectorizer": TEXT,
    "sklearn.feature_selection.GenericUnivariateSelect": SELECTOR,
    "sklearn.feature_selection.RFE": RECURSIVE,
    "sklearn.feature_selection.RFECV": RECURSIVE,
    "sklearn.feature_selection.SelectFdr": SELECTOR,
    "sklearn.feature_selection.SelectFpr": SELECTOR,
    "sklearn.feature_selection.SelectFromModel": SELECTOR,
    "sklearn.feature_selection.SelectFwe": SELECTOR,
    "sklearn.feature_selection.SelectKBest": SELECTOR,
    "sklearn.feature_selection.SelectPercentile": SELECTOR,
    "sklearn.feature_selection.SequentialFeatureSelector": SELECTOR,
    "sklearn.feature_selection.VarianceThreshold": SELECTOR,
    "sklearn.frozen.FrozenEstimator": call("estimator", Keep("estimator")),
    "sklearn.impute.IterativeImputer": IMPUTER,
    "sklearn.impute.KNNImputer": IMPUTER,
    "sklearn.impute.MissingIndicator": IMPUTER,
    "sklearn.impute.SimpleImputer": IMPUTER,
    "sklearn.kernel_approximation.AdditiveChi2Sampler": STATELESS,
    "sklearn.kernel_approximation.Nystroem": TRANSFORMER,
    "sklearn.kernel_approximation.PolynomialCountSketch": STATELESS,
    "sklearn.kernel_approximation.RBFSampler": STATELESS,
    "sklearn.kernel_approximation.SkewedChi2Sampler": STATELESS,
    "sklearn.manifold.ClassicalMDS": EMBEDDING,
    "sklearn.manifold.Isomap": REDUCER,
    "sklearn.manifold.LocallyLinearEmbedding": REDUCER,
    "sklearn.manifold.MDS": EMBEDDING,
    "sklearn.manifold.SpectralEmbedding": EMBEDDING,
    "sklearn.manifold.TSNE": EMBEDDING,
    "sklearn.model_selection.GridSearchCV": outer("search", "estimator", "estimator", SEARCH_METHODS),
    "sklearn.model_selection.HalvingGridSearchCV": outer("search", "estimator", "estimator", SEARCH_METHODS),
    "sklearn.model_selection.HalvingRandomSearchCV": outer(
        "search", "estimator", "estimator", SEARCH_METHODS
    ),
    "sklearn.model_selection.RandomizedSearchCV": outer("search", "estimator", "estimator", SEARCH_METHODS),
    "sklearn.neighbors.KNeighborsTransformer": TRANSFORMER,
    "sklearn.neighbors.NeighborhoodComponentsAnalysis": REDUCER,
    "sklearn.neighbors.RadiusNeighborsTransformer": TRANSFORMER,
    "sklearn.neural_network.BernoulliRBM": REDUCER,
    "sklearn.pipeline.FeatureUnion": outer(
        "pipeline", "transformer_list", "transformer_list", PIPELINE_METHODS
    ),
    "sklearn.pipeline.Pipeline": outer("pipeline", "steps", "steps", PIPELINE_METHODS),
    "sklearn.pipeline.make_pipeline": outer("pipeline", "*steps", "steps", PIPELINE_METHODS),
    "sklearn.pipeline.make_union": outer("pipeline", "*transformers", "transformers", PIPELINE_METHODS),
    "sklearn.preprocessing.Binarizer": STATELESS,
    "sklearn.preprocessing.FunctionTransformer": STATELESS,
    "sklearn.preprocessing.Imputer": build(
        "...", Estimator("imputer"), operands="", isa=TRANSFORMER_METHODS, until="0.22"
    ),
    "sklearn.preprocessing.KBinsDiscretizer": TRANSFORMER,
    "sklearn.preprocessing.KernelCenterer": TRANSFORMER,
    "sklearn.preprocessing.LabelBinarizer": label_encoder("LabelBinarizer"),
    "sklearn.preprocessing.LabelEncoder": label_encoder("LabelEncoder"),
    "sklearn.preprocessing.MaxAbsScaler": SCALER,
    "sklearn.preprocessing.MinMaxScaler": SCALER,
    "sklearn.preprocessing.MultiLabelBinarizer": label_encoder("MultiLabelBinarizer"),
    "sklearn.preprocessing.Normalizer": STATELESS,
    "sklearn.preprocessing.OneHotEncoder": ENCODER,
    "sklearn.preprocessing.OrdinalEncoder": ENCODER,
    "sklearn.preprocessing.PolynomialFeatures": STATELESS,
    "sklearn.preprocessing.PowerTransformer": SCALER,
    "sklearn.preprocessing.QuantileTransformer": SCALER,
    "sklearn.preprocessing.RobustScaler": SCALER,
    "sklearn.preprocessing.SplineTransformer": TRANSFORMER,
    "sklearn.preprocessing.StandardScaler": SCALER,
    "sklearn.preprocessing.TargetEncoder": ENCODER,
    "sklearn.random_projection.GaussianRandomProjection": STATELESS_REDUCER,
    "sklearn.random_projection.SparseRandomProjection": STATELESS_REDUCER,
}
