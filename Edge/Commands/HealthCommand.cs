namespace WebChat.Edge.Commands;

/// <summary>Asks the running server's <c>/readyz</c>, for a container or service manager without an HTTP client.</summary>
public static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Prints what the server says.</summary>
    /// <exception cref="CommandException">The server is not ready.</exception>
    public static async Task Run(IConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var url = new Uri(EndpointUrl.Local(EndpointUrl.All(configuration).Single(endpoint => endpoint.Name == "Web").Url), "/readyz");
        using var http = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        // Host filtering would refuse the address of this machine.
        if (configuration["AllowedHosts"]?.Split(';') is { } hosts && !hosts.Contains("*"))
            request.Headers.Host = hosts[0].Replace("*", "health", StringComparison.Ordinal);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandException($"{url}: {(int)answer.StatusCode} {text}");
            await output.WriteLineAsync(text);
        }
        catch (Exception ex) when (ex is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandException($"{url}: {ex.Message}");
        }
    }
}
