using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Edge.Hosting;

/// <summary>nginx with <c>deploy/nginx/webchat.conf</c> in front of a server, on a loopback port and with a certificate of its own.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly Folder _folder;
    private readonly Process _process;

    private NginxServer(Folder folder, Process process, int port) => (_folder, _process, Address) = (folder, process, new($"https://127.0.0.1:{port}"));

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <param name="edge">The server behind it.</param>
    /// <param name="idle">How long a connection may be silent.</param>
    public static async Task<NginxServer> Start(EdgeServer edge, string idle)
    {
        var folder = new Folder();
        var port = EdgeProcess.FreePort();
        WriteCertificate(folder.Path);
        var server = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "nginx", "webchat.conf")))
            .Replace("listen 443", $"listen 127.0.0.1:{port}")
            .Replace("/etc/ssl/chat.example", $"{folder.Path}/chat.example")
            .Replace("127.0.0.1:8080", edge.Web.Authority)
            .Replace("127.0.0.1:8081", edge.Grpc.Authority)
            .Replace("    location / {", $"    proxy_read_timeout {idle};\n    location / {{");
        string[] folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        var temporary = string.Concat(folders.Select(name => $"{name}_temp_path {folder.Path}/{name};\n"));
        // The workers of root would be another user, which cannot read the folder.
        var user = Environment.UserName == "root" ? "user root;" : "";
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "nginx.conf"),
            $"{user}\ndaemon off;\npid {folder.Path}/nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{server}\n}}\n");
        var process = Process.Start(new ProcessStartInfo(Programs.Nginx!, ["-p", folder.Path, "-e", "stderr", "-c", $"{folder.Path}/nginx.conf"]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var nginx = new NginxServer(folder, process, port);
        while (!await nginx.Answers())
        {
            if (process.HasExited)
                throw new InvalidOperationException(await errors);
            await Task.Delay(20);
        }

        return nginx;
    }

    /// <summary>A handler of HTTP requests from an address of the loopback network, which accepts the certificate.</summary>
    public static SocketsHttpHandler From(string address) => new()
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> Answers()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Address.Host, Address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=chat.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "chat.example.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "chat.example.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
