using WebChat.Actors.Users.Avatars;

namespace WebChat.Edge.Limits;

/// <summary>How large the things may be that clients send.</summary>
public static class SizeLimits
{
    /// <summary>Bytes of a frame, in the encoding it comes in.</summary>
    public const int Frame = 64 * 1024;

    /// <summary>Bytes of a request, be it JSON or protobuf.</summary>
    public const int Request = 64 * 1024;

    /// <summary>Bytes of a request that brings a picture and its preview: both at their largest, and some to say so.</summary>
    public static readonly int AvatarRequest = ImageBounds.Picture.MaxBytes + ImageBounds.Preview.MaxBytes + (16 * 1024);
}
