using System.Text;

namespace WebChat.Tests.Actors.Persistence.Encryption;

/// <summary>Searches all files of a data directory byte by byte.</summary>
internal static class DataFiles
{
    /// <summary>The files with one of the texts, each with the text.</summary>
    public static IReadOnlyList<string> WithAnyOf(string directory, params IEnumerable<string> texts) =>
        With(directory, texts.Select(text => (text, Encoding.UTF8.GetBytes(text))));

    /// <summary>The files with these bytes.</summary>
    public static IReadOnlyList<string> With(string directory, byte[] bytes) => With(directory, [(Convert.ToHexString(bytes), bytes)]);

    private static List<string> With(string directory, IEnumerable<(string Name, byte[] Bytes)> wanted)
    {
        var files = Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "webchat.lock")
            .Select(file => (Name: Path.GetRelativePath(directory, file), Content: Read(file))).ToList();
        return
        [
            .. from one in wanted
               from file in files
               where file.Content.AsSpan().IndexOf(one.Bytes) >= 0 || file.Name.Contains(one.Name, StringComparison.OrdinalIgnoreCase)
               select $"{file.Name}: {one.Name}",
        ];
    }

    private static byte[] Read(string file)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        open.CopyTo(content);
        return content.ToArray();
    }
}
