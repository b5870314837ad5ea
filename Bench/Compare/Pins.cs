using System.CommandLine;
using WebChat.Bench.Load;

namespace WebChat.Bench.Compare;

/// <summary>The options of measurements that are compared with each other: one core for the server, another for the load generator.</summary>
internal static class Pins
{
    public static readonly Option<string> ServerCores = new("--server-cores") { Description = "The CPUs of each server, as taskset reads them", DefaultValueFactory = _ => "0" };
    public static readonly Option<string> ClientCores = new("--client-cores") { Description = "The CPUs of the load generator", DefaultValueFactory = _ => "1" };
    public static readonly Option<bool> Quick = new("--quick") { Description = "Some seconds on any CPU, to see that it works" };

    /// <summary>Pins the load generator, and returns the servers' CPUs; null for all.</summary>
    public static async Task<string?> ApplyAsync(ParseResult options)
    {
        if (options.GetValue(Quick))
            return null;
        await new ProcessUse(Environment.ProcessId).PinAsync(options.GetValue(ClientCores)!);
        return options.GetValue(ServerCores);
    }
}
