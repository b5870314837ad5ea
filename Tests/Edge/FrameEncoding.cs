namespace WebChat.Tests.Edge;

/// <summary>How frames travel over WebSocket.</summary>
public enum FrameEncoding
{
    /// <summary>Text messages of canonical protobuf JSON.</summary>
    Json,

    /// <summary>Binary messages of protobuf.</summary>
    Binary,
}
