namespace WebChat.Tests;

/// <summary>A new folder for one test, deleted at its end.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("webchat-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
