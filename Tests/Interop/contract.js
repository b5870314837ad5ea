// The contract as Node.js sees it: the .proto files of this repository, loaded at run time, nothing generated.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const protos = fileURLToPath(new URL('../../Protos', import.meta.url));
const google = fileURLToPath(new URL('node_modules/google-proto-files', import.meta.url));

// Field names and enum names as canonical protobuf JSON has them, so that frames look alike on every transport.
const definition = loadSync(['auth', 'user', 'room', 'match', 'voice', 'admin', 'chat'].map(name => `webchat/v1/${name}.proto`), {
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

/** What an RPC answered instead of OK: the names of grpc.status by number. */
export const statusName = code => Object.keys(grpc.status).find(name => grpc.status[name] === code);
