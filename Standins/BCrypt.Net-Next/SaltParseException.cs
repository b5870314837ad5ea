namespace BCrypt.Net;

/// <summary>A salt or a hash is not bcrypt's.</summary>
public class SaltParseException : Exception
{
    /// <summary>Without a message.</summary>
    public SaltParseException()
    {
    }

    /// <summary>With a message.</summary>
    public SaltParseException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what led to it.</summary>
    public SaltParseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
