// The contract in Node.js: the .proto files of this repository, loaded at run time, without generated code.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const protos = fileURLToPath(new URL('../../Protos', import.meta.url));
const google = fileURLToPath(new URL('node_modules/google-proto-files', import.meta.url));

// Field and enum names as in canonical protobuf JSON, so that frames look alike on every transport.
const definition = loadSync(['auth', 'user', 'room', 'match', 'voice', 'push', 'admin', 'chat'].map(name => `webchat/v1/${name}.proto`), {
  includeDirs: [protos, google],
  longs: String,
  enums: String,
});

const connect = definition['webchat.v1.ChatService'].Connect;

export const services = grpc.loadPackageDefinition(definition).webchat.v1;

/** A ClientFrame as binary protobuf. */
export const encodeFrame = frame => connect.requestSerialize(frame);

/** A ServerFrame from binary protobuf. */
export const decodeFrame = bytes => connect.responseDeserialize(bytes);

/** The names of grpc.status by number, for RPCs that fail. */
export const statusName = code => Object.keys(grpc.status).find(name => grpc.status[name] === code);
