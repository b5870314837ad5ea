namespace Akka.Persistence.Hosting;

/// <summary>Values as HOCON writes them.</summary>
internal static class Hocon
{
    public static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
