using System.Text;

namespace WebChat.Actors.Rooms;

/// <summary>What two clients tell each other about their call: any text of at most 12 KiB of UTF-8.</summary>
public readonly record struct SignalPayload(string Value)
{
    /// <summary>Bytes of UTF-8 at the most.</summary>
    public const int MaxBytes = 12 * 1024;

    /// <summary>Whether the text is more than is passed on.</summary>
    public bool IsTooLarge => Encoding.UTF8.GetByteCount(Value) > MaxBytes;

    /// <summary>Hides the text, which has addresses of people in it.</summary>
    public override string ToString() => "***";
}
