import protobuf from 'protobufjs/light.js'

const optional = (type: string, id: number) => ({ type, id })
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id })

/** The part of ONNX's protocol buffers that graphs need (onnx.proto3), with the field numbers of the standard. */
const schema = {
  nested: {
    onnx: {
      nested: {
        AttributeProto: {
          fields: {
            name: optional('string', 1),
            f: optional('float', 2),
            i: optional('int64', 3),
            s: optional('bytes', 4),
            ints: repeated('int64', 8),
            type: optional('int32', 20),
          },
        },
        Dimension: { fields: { dimValue: optional('int64', 1), dimParam: optional('string', 2) } },
        GraphProto: {
          fields: {
            node: repeated('NodeProto', 1),
            name: optional('string', 2),
            initializer: repeated('TensorProto', 5),
            docString: optional('string', 10),
            input: repeated('ValueInfoProto', 11),
            output: repeated('ValueInfoProto', 12),
          },
        },
        ModelProto: {
          fields: {
            irVersion: optional('int64', 1),
            producerName: optional('string', 2),
            producerVersion: optional('string', 3),
            docString: optional('string', 6),
            graph: optional('GraphProto', 7),
            opsetImport: repeated('OperatorSetIdProto', 8),
            metadataProps: repeated('StringStringEntryProto', 14),
          },
        },
        NodeProto: {
          fields: {
            input: repeated('string', 1),
            output: repeated('string', 2),
            name: optional('string', 3),
            opType: optional('string', 4),
            attribute: repeated('AttributeProto', 5),
          },
        },
        OperatorSetIdProto: { fields: { domain: optional('string', 1), version: optional('int64', 2) } },
        StringStringEntryProto: { fields: { key: optional('string', 1), value: optional('string', 2) } },
        TensorProto: {
          fields: {
            dims: repeated('int64', 1),
            dataType: optional('int32', 2),
            name: optional('string', 8),
            rawData: optional('bytes', 9),
          },
        },
        TensorShapeProto: { fields: { dim: repeated('Dimension', 1) } },
        TensorTypeProto: { fields: { elemType: optional('int32', 1), shape: optional('TensorShapeProto', 2) } },
        TypeProto: { fields: { tensorType: optional('TensorTypeProto', 1) } },
        ValueInfoProto: { fields: { name: optional('string', 1), type: optional('TypeProto', 2) } },
      },
    },
  },
}

/** Encodes and decodes a whole ONNX model. */
export const ModelProto = protobuf.Root.fromJSON(schema).lookupType('onnx.ModelProto')

/** AttributeProto.AttributeType. */
export const onnxAttributeTypes = { float: 1, int: 2, string: 3, ints: 7 } as const
