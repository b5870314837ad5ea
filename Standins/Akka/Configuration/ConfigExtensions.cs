namespace Akka.Configuration;

/// <summary>What may be asked of a <see cref="Config"/> that is perhaps not there.</summary>
public static class ConfigExtensions
{
    /// <summary>Whether the configuration is absent or has no settings.</summary>
    public static bool IsNullOrEmpty([System.Diagnostics.CodeAnalysis.NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;

    /// <summary>Like <see cref="Config.WithFallback"/>, where either side may be absent or empty.</summary>
    public static Config? SafeWithFallback(this Config? config, Config? fallback) =>
        config.IsNullOrEmpty() ? fallback
        : fallback.IsNullOrEmpty() || ReferenceEquals(config, fallback) ? config
        : config.WithFallback(fallback);
}
