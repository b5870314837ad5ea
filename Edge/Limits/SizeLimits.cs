using WebChat.Edge.Pictures;

namespace WebChat.Edge.Limits;

/// <summary>The size limits of client input.</summary>
public static class SizeLimits
{
    /// <summary>Bytes of a frame in its own encoding.</summary>
    public const int Frame = 64 * 1024;

    /// <summary>Bytes of a request in JSON or protobuf.</summary>
    public const int Request = 64 * 1024;

    /// <summary>Bytes of a request with a picture. More than the picture's own limit, so that the error can name the field.</summary>
    public const int PictureRequest = PictureConverter.MaxBytes + Request;
}
