namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer: more will follow.</summary>
    BufferHint = 1,

    /// <summary>The message is not compressed, even where the call is.</summary>
    NoCompress = 2,
}
