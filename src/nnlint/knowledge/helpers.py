"""Training helpers: Accelerate, Transformers, Ignite, fastai, skorch, DeepSpeed, Apex; and loggers.

Entries of packages that are not installed where the tests run are stated after the packages' own
documentation, with as few parameters as the effect needs.
"""

from __future__ import annotations

from typing import Final

from nnlint.knowledge.helpers_inert import INERT
from nnlint.knowledge.helpers_options import OPTIONS
from nnlint.knowledge.sklearn_predictors import CLASSIFIER_METHODS, REGRESSOR_METHODS
from nnlint.knowledge.spec import (
    Action,
    Base,
    Constant,
    Entry,
    Estimator,
    Fit,
    FitTransform,
    Framework,
    Keep,
    Make,
    Merit,
    Minimize,
    Optimizer,
    Permute,
    Predict,
    Score,
    Transform,
    build,
    call,
)

__all__ = ["FRAMEWORK"]

ACCELERATOR: Final = "accelerate.Accelerator"
LEARNER: Final = "fastai.learner.Learner"
NET: Final = "skorch.net.NeuralNet"
TRAINER: Final = "transformers.Trainer"

CLASSIFIER: Final = build("...", Estimator("classifier"), operands="", isa=CLASSIFIER_METHODS)
REGRESSOR: Final = build("...", Estimator("regressor"), operands="", isa=REGRESSOR_METHODS)
ENCODER: Final = build("...", Estimator("encoder"), operands="", isa="category_encoders.OneHotEncoder")

DRAWN: Final = call("...", Constant(random=True))
_PICKED: Final = call("...", Constant(random=True, size="size"))
SCHEDULER: Final = "torch.optim.lr_scheduler.LRScheduler"
SCHEDULE: Final = call("optimizer ...", Action("scheduler", "optimizer"), isa=SCHEDULER)

_SIMILAR: Final = call("input target ...", Merit())
_LIKELIHOOD: Final = build("...", Merit(), operands="input target ...", isa="torch.nn.Module")
_SIMILARITY: Final = build("...", Merit(), operands="input target")

ENTRIES: Final[dict[str, Entry]] = {
    "accelerate.Accelerator": call("...", Make(), isa=ACCELERATOR),
    "accelerate.Accelerator.accumulate": call("*models", Constant()),
    "accelerate.Accelerator.autocast": call("...", Constant()),
    "accelerate.Accelerator.backward": call("loss **kwargs", Minimize("loss")),
    "accelerate.Accelerator.clip_grad_norm_": call("parameters max_norm ...", Action("clip", "parameters")),
    "accelerate.Accelerator.clip_grad_value_": call("parameters clip_value", Action("clip", "parameters")),
    "accelerate.Accelerator.gather": call("tensor", Keep("tensor")),
    "accelerate.Accelerator.gather_for_metrics": call("input_data ...", Keep("input_data")),
    "accelerate.Accelerator.pad_across_processes": call("tensor ...", Keep("tensor")),
    "accelerate.Accelerator.prepare": call("*args ...", Keep("args")),
    "accelerate.Accelerator.prepare_data_loader": call("data_loader ...", Keep("data_loader")),
    "accelerate.Accelerator.prepare_model": call("model ...", Keep("model")),
    "accelerate.Accelerator.prepare_optimizer": call("optimizer ...", Keep("optimizer")),
    "accelerate.Accelerator.prepare_scheduler": call("scheduler", Keep("scheduler")),
    "accelerate.Accelerator.print": call("*args **kwargs", Action("log")),
    "accelerate.Accelerator.reduce": call("tensor ...", Keep("tensor")),
    "accelerate.Accelerator.save": call("obj f ...", Action("save", "obj")),
    "accelerate.Accelerator.save_model": call("model save_directory ...", Action("save", "model")),
    "accelerate.Accelerator.unwrap_model": call("model ...", Keep("model")),
    "accelerate.Accelerator.wait_for_everyone": call("", Constant()),
    "accelerate.utils.set_seed": call("seed ...", Action("seed", "seed")),
    "apex.amp.initialize": call("models optimizers ...", Keep("models")),
    "apex.amp.master_params": call("optimizer", Constant()),
    # Used as `with amp.scale_loss(loss, optimizer) as scaled: scaled.backward()`.
    "apex.amp.scale_loss": call("loss optimizers ...", Keep("loss")),
    "apex.optimizers.FusedAdam": build(
        "params lr ...", Optimizer("params"), operands="", isa="torch.optim.Optimizer"
    ),
    "apex.optimizers.FusedLAMB": build(
        "params lr ...", Optimizer("params"), operands="", isa="torch.optim.Optimizer"
    ),
    "apex.optimizers.FusedSGD": build(
        "params lr ...", Optimizer("params"), operands="", isa="torch.optim.Optimizer"
    ),
    "apex.parallel.DistributedDataParallel": call("module ...", Keep("module")),
    "apex.parallel.convert_syncbn_model": call("module ...", Keep("module")),
    "catboost.CatBoostClassifier": CLASSIFIER,
    "catboost.CatBoostRegressor": REGRESSOR,
    "category_encoders.BinaryEncoder": ENCODER,
    "category_encoders.CatBoostEncoder": ENCODER,
    "category_encoders.CountEncoder": ENCODER,
    "category_encoders.JamesSteinEncoder": ENCODER,
    "category_encoders.LeaveOneOutEncoder": ENCODER,
    "category_encoders.OneHotEncoder": ENCODER,
    "category_encoders.OneHotEncoder.fit": call("X y ...", Fit("X", "y")),
    "category_encoders.OneHotEncoder.fit_transform": call("X y ...", FitTransform("X", "y")),
    "category_encoders.OneHotEncoder.inverse_transform": call("X_in", Transform("X_in", inverse=True)),
    "category_encoders.OneHotEncoder.transform": call("X ...", Transform("X")),
    "category_encoders.OrdinalEncoder": ENCODER,
    "category_encoders.TargetEncoder": ENCODER,
    "category_encoders.WOEEncoder": ENCODER,
    "deepspeed.DeepSpeedEngine.backward": call("loss ...", Minimize("loss")),
    "deepspeed.DeepSpeedEngine.step": call("...", Action("step")),
    "deepspeed.DeepSpeedEngine.zero_grad": call("", Action("zero_grad")),
    "fastai.learner.Learner": call("dls model ...", Make(), isa=LEARNER),
    "fastai.learner.Learner.fit": call("n_epoch ...", Action("fit")),
    "fastai.learner.Learner.fit_one_cycle": call("n_epoch ...", Action("fit")),
    "fastai.learner.Learner.save": call("file ...", Action("save")),
    "fastai.learner.Learner.validate": call("...", Action("evaluate")),
    "gpytorch.mlls.ExactMarginalLogLikelihood": _LIKELIHOOD,
    "gpytorch.mlls.VariationalELBO": _LIKELIHOOD,
    "ignite.engine.Engine": call("process_function", Make(), isa="ignite.engine.Engine"),
    "ignite.engine.Engine.run": call("data ...", Action("run", "data")),
    "ignite.engine.create_supervised_evaluator": call("model ...", Make(), isa="ignite.engine.Engine"),
    "ignite.engine.create_supervised_trainer": call(
        "model optimizer loss_fn ...", Make(), isa="ignite.engine.Engine"
    ),
    "ignite.utils.manual_seed": call("seed", Action("seed", "seed")),
    "joblib.Memory": call("...", Constant()),
    "joblib.dump": call("value filename ...", Action("save", "value")),
    "kornia.metrics.ssim": _SIMILAR,
    "lightgbm.LGBMClassifier": CLASSIFIER,
    "lightgbm.LGBMRegressor": REGRESSOR,
    "piq.multi_scale_ssim": _SIMILAR,
    "piq.ssim": _SIMILAR,
    "pytorch_msssim.MS_SSIM": _SIMILARITY,
    "pytorch_msssim.SSIM": _SIMILARITY,
    "pytorch_msssim.ms_ssim": _SIMILAR,
    "pytorch_msssim.ssim": _SIMILAR,
    "pytorch_ssim.SSIM": _SIMILARITY,
    "pytorch_ssim.ssim": _SIMILAR,
    "random.choice": _PICKED,
    "random.choices": _PICKED,
    "random.gauss": DRAWN,
    "random.getstate": call("", Action("remember", "")),
    "random.randint": DRAWN,
    "random.random": DRAWN,
    "random.randrange": DRAWN,
    "random.sample": _PICKED,
    "random.setstate": call("state", Action("seed", "state")),
    "random.seed": call("a ...", Action("seed", "a")),
    "random.shuffle": call("x ...", Permute("x", True)),
    "random.uniform": DRAWN,
    "skorch.classifier.NeuralNetBinaryClassifier": build(
        "module ...", Estimator("classifier"), operands="", isa=NET
    ),
    "skorch.classifier.NeuralNetClassifier": build(
        "module ...", Estimator("classifier"), operands="", isa=NET
    ),
    "skorch.net.NeuralNet.fit": call("X y ...", Fit("X", "y")),
    "skorch.net.NeuralNet.partial_fit": call("X y ...", Fit("X", "y")),
    "skorch.net.NeuralNet.predict": call("X", Predict("X")),
    "skorch.net.NeuralNet.predict_proba": call("X", Predict("X", "probabilities")),
    "skorch.net.NeuralNet.score": call("X y ...", Score("X", "y")),
    "skorch.regressor.NeuralNetRegressor": build("module ...", Estimator("regressor"), operands="", isa=NET),
    "torchcrf.CRF": _LIKELIHOOD,
    "torchmetrics.StructuralSimilarityIndexMeasure": _SIMILARITY,
    "torchmetrics.functional.image.structural_similarity_index_measure": _SIMILAR,
    "torchmetrics.functional.structural_similarity_index_measure": _SIMILAR,
    "torchmetrics.image.StructuralSimilarityIndexMeasure": _SIMILARITY,
    "tqdm.tqdm": call("iterable ...", Keep("iterable")),
    "transformers.AdamW": build(
        "params lr ...", Optimizer("params"), operands="", isa="torch.optim.Optimizer", until="4.50"
    ),
    "transformers.Trainer": call("model ...", Make(), isa=TRAINER),
    "transformers.Trainer.evaluate": call("eval_dataset ...", Action("evaluate", "eval_dataset")),
    "transformers.Trainer.predict": call("test_dataset ...", Action("evaluate", "test_dataset")),
    "transformers.Trainer.save_model": call("output_dir ...", Action("save")),
    "transformers.Trainer.train": call("...", Action("fit")),
    "transformers.TrainingArguments": call("...", Make()),
    "transformers.get_constant_schedule_with_warmup": SCHEDULE,
    "transformers.get_cosine_schedule_with_warmup": SCHEDULE,
    "transformers.get_linear_schedule_with_warmup": SCHEDULE,
    "transformers.get_scheduler": call("name optimizer ...", Action("scheduler", "optimizer"), isa=SCHEDULER),
    "transformers.set_seed": call("seed ...", Action("seed", "seed")),
    "xgboost.XGBClassifier": CLASSIFIER,
    "xgboost.XGBRFClassifier": CLASSIFIER,
    "xgboost.XGBRFRegressor": REGRESSOR,
    "xgboost.XGBRegressor": REGRESSOR,
}

FRAMEWORK: Final = Framework(
    name="helpers",
    roots=("accelerate", "apex", "deepspeed", "fastai", "ignite", "skorch", "transformers"),
    aliases={
        "accelerate.accelerator.Accelerator": "accelerate.Accelerator",
        "category_encoders.one_hot.OneHotEncoder": "category_encoders.OneHotEncoder",
        "category_encoders.target_encoder.TargetEncoder": "category_encoders.TargetEncoder",
        "fastai.basic_train.Learner": "fastai.learner.Learner",
        "lightgbm.sklearn": "lightgbm",
        "skorch.NeuralNet": "skorch.net.NeuralNet",
        "skorch.NeuralNetBinaryClassifier": "skorch.classifier.NeuralNetBinaryClassifier",
        "skorch.NeuralNetClassifier": "skorch.classifier.NeuralNetClassifier",
        "skorch.NeuralNetRegressor": "skorch.regressor.NeuralNetRegressor",
        "tqdm.auto": "tqdm",
        "tqdm.autonotebook": "tqdm",
        "tqdm.contrib": "tqdm",
        "tqdm.notebook": "tqdm",
        "tqdm.std": "tqdm",
        "tqdm.tqdm_notebook": "tqdm.tqdm",
        "transformers.modeling_utils.PreTrainedModel": "transformers.PreTrainedModel",
        "transformers.optimization": "transformers",
        "transformers.trainer.Trainer": "transformers.Trainer",
        "transformers.trainer_utils.set_seed": "transformers.set_seed",
        "transformers.training_args.TrainingArguments": "transformers.TrainingArguments",
        "xgboost.sklearn": "xgboost",
    },
    entries=dict(sorted({**ENTRIES, **OPTIONS}.items())),
    bases={
        "deepspeed.DeepSpeedEngine": Base("forward", "torch.nn.Module"),
        "transformers.PreTrainedModel": Base("forward", "torch.nn.Module"),
        "transformers.Trainer": Base("", ""),
    },
    inert=INERT,
)
