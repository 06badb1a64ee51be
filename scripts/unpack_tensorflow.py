"""Takes TensorFlow's library, and the headers of its C interface, out of a tensorflow-cpu wheel: unpack_tensorflow.py WHEEL FOLDER"""

import os
import shutil
import sys
import zipfile

LIBRARIES = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
INCLUDE = "tensorflow/include/"
HEADERS = ("tensorflow/c/", "tensorflow/core/platform/ctstring", "tsl/platform/ctstring", "xla/tsl/c/", "tsl/c/")

wheel, folder = sys.argv[1:]
if not zipfile.is_zipfile(wheel):
    sys.exit(f"{wheel}: expected a wheel of tensorflow-cpu for Linux, got a file that is no wheel.")
with zipfile.ZipFile(wheel) as files:
    names = files.namelist()
    missing = [name for name in LIBRARIES if name not in names]
    if missing:
        sys.exit(f"{wheel}: expected a wheel of tensorflow-cpu for Linux, got one without {' and '.join(missing)}.")
    for name in names:
        header = name.removeprefix(INCLUDE)
        if name in LIBRARIES:
            target = os.path.join(folder, "lib", os.path.basename(name))
        elif name.startswith(INCLUDE) and name.endswith(".h") and header.startswith(HEADERS):
            target = os.path.join(folder, "include", header)
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with files.open(name) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy)
