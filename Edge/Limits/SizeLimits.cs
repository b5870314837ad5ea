using WebChat.Edge.Pictures;

namespace WebChat.Edge.Limits;

/// <summary>How large the things may be that clients send.</summary>
public static class SizeLimits
{
    /// <summary>Bytes of a frame, in the encoding it comes in.</summary>
    public const int Frame = 64 * 1024;

    /// <summary>Bytes of a request, be it JSON or protobuf.</summary>
    public const int Request = 64 * 1024;

    /// <summary>Bytes of a request that brings a picture: more than it may have, so that one too large is told so by its field.</summary>
    public const int PictureRequest = PictureConverter.MaxBytes + Request;
}
