namespace WebChat.Actors.Users.Avatars;

/// <summary>What a picture may be.</summary>
public enum ImageFormat
{
    /// <summary>ITU-T T.81 in JFIF or Adobe's manner: baseline, extended or progressive, 8 bits a sample.</summary>
    Jpeg,

    /// <summary>PNG, W3C's third edition, without its animations.</summary>
    Png,

    /// <summary>WebP, RFC 9649, lossy or lossless, without its animations.</summary>
    Webp,
}
