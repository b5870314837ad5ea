namespace Akka.Configuration;

/// <summary>Says that a configuration text cannot be read, or that a configuration lacks what something needs.</summary>
public class ConfigurationException : Akka.Actor.AkkaException
{
    /// <summary>Makes an exception with the reason.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with the reason and what caused it.</summary>
    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }

    /// <summary>The exception for a <typeparamref name="T"/> that was handed no configuration, read from <paramref name="path"/> if that is known.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null) =>
        new(path is null
            ? $"{typeof(T)} needs a configuration, but got none."
            : $"{typeof(T)} needs a configuration, but there is none at '{path}'.");
}
