namespace WebChat.Clients;

/// <summary>How frames travel.</summary>
public enum ChatTransport
{
    /// <summary>Over WebSocket, as canonical protobuf JSON.</summary>
    Json,

    /// <summary>Over WebSocket, as protobuf.</summary>
    Binary,

    /// <summary>Over a gRPC stream.</summary>
    Grpc,
}
