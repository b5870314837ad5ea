namespace WebChat.Actors.Users.Avatars;

/// <summary>Puts the parts of a clean picture one after the other.</summary>
/// <param name="target">Large enough for all of them.</param>
internal ref struct ImageWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written, to be read or to be set right.</summary>
    public readonly Span<byte> Written => _target[..Length];

    /// <summary>Adds bytes.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[Length..]);
        Length += bytes.Length;
    }
}
