"""Checks and runs the ONNX models that standard input names, and prints their outputs as JSON."""

import json
import sys

import numpy
import onnx
import onnxruntime

answers = []
for request in json.load(sys.stdin):
    model = onnx.load(request["path"])
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
    session = onnxruntime.InferenceSession(request["path"], providers=["CPUExecutionProvider"])
    feeds = {
        name: numpy.array(tensor["values"], numpy.float32).reshape(tensor["shape"])
        for name, tensor in request["inputs"].items()
    }
    names = [output.name for output in session.get_outputs()]
    answers.append(
        {
            name: {"shape": list(value.shape), "values": value.ravel().tolist()}
            for name, value in zip(names, session.run(names, feeds))
        }
    )
json.dump(answers, sys.stdout)
