using System.CommandLine;
using System.CommandLine.Invocation;
using Akka.Actor;
using Microsoft.Extensions.Options;
using WebChat.Actors.Options;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Edge.Commands;

/// <summary>The program's commands and options.</summary>
/// <param name="build">Builds the server from settings in the form <c>--KEY=VALUE</c>.</param>
public sealed class CommandLine(Func<string[], Action<WebApplicationBuilder>, WebApplication> build)
{
    /// <summary>Printed before anything else is loaded, since a start takes some seconds.</summary>
    public const string Starting = "WebChat is starting …";

    private const int Failed = 1;

    // These log a failed start with its trace. The exception arrives here too and is printed as one line.
    private static readonly string[] StartLogs = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    // System.CommandLine reads such a key of the configuration as an option and its value, after a colon or an equals sign.
    private readonly Option<string[]>[] _sections =
    [
        Section("WebChat", "A setting of the server, such as --WebChat:DataDirectory=/var/lib/webchat"),
        Section("Kestrel", "A setting of the web server, such as --Kestrel:Endpoints:Web:Url=http://localhost:8080"),
        Section("Logging", "A setting of the log, such as --Logging:LogLevel:Default=Warning"),
    ];

    private readonly Option<string>[] _settings =
    [
        new("--AllowedHosts") { Recursive = true, Description = "The host names that requests may name, separated by semicolons" },
        new("--environment") { Recursive = true, Description = "Development or Production" },
    ];

    private readonly Option<bool> _verbose = new("--verbose") { Recursive = true, Description = "Show the trace of a failure" };

    private bool _isStarted;

    /// <summary>Runs the command that the arguments name and returns the exit code.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        var result = Commands().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction)
        {
            await Console.Error.WriteLineAsync($"{string.Join(' ', result.Errors.Select(error => error.Message))} See --help.");
            return Failed;
        }

        try
        {
            // The host handles signals, and failures are printed below.
            return await result.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception ex)
        {
            await Console.Error.WriteLineAsync(result.GetValue(_verbose) ? ex.ToString() : FailureLine.Of(ex));
            return Failed;
        }
    }

    private RootCommand Commands()
    {
        var backup = new Argument<string>("FILE") { Description = "The new file" };
        var restore = new Argument<string>("FILE") { Description = "The backup" };
        var user = new Argument<string>("USER") { Description = "The user name of an account" };
        var export = new Argument<string>("FILE") { Description = "The new file" };
        var room = new Argument<string>("ROOM") { Description = "The id of a room" };
        var decrypt = new Option<bool>("--decrypt") { Description = "Print nicknames and texts, which are encrypted otherwise" };
        var commands = new RootCommand("WebChat, an anonymous real-time chat server")
        {
            Command("serve", "Run the server (the default)", Serve),
            Command("backup", "Copy the database to a new file, also while the server runs", (result, _) => Database(result, database => database.Backup(result.GetRequiredValue(backup))), backup),
            Command("restore", "Replace the database by a backup, and keep the old database beside it", (result, _) => Database(result, database => database.Restore(result.GetRequiredValue(restore))), restore),
            Command("migrate", "Migrate the database to the schema of this version", (result, _) => Schema(result, schema => schema.Migrate())),
            Command("schema", "Print the schema version of the database", (result, _) => Schema(result, schema => schema.Show())),
            new Command("admin", "Manage admins")
            {
                Command("grant", "Make a user an admin, while the server is stopped", (result, _) => SetAdmin(result, result.GetRequiredValue(user), isAdmin: true), user),
                Command("revoke", "Make an admin an ordinary user, while the server is stopped", (result, _) => SetAdmin(result, result.GetRequiredValue(user), isAdmin: false), user),
                Command("list", "List the admins, also while the server runs", ListAdmins),
            },
            new Command("journal", "Read the journal, also while the server runs")
            {
                Command("cat", "Print the events of a room, one JSON object per line", (result, cancellationToken) => Journal(result, journal => journal.Cat(result.GetRequiredValue(room), result.GetValue(decrypt), cancellationToken)), room, decrypt),
                Command("verify", "Check that all events and snapshots are there and readable", (result, cancellationToken) => Journal(result, journal => journal.Verify(cancellationToken))),
            },
            new Command("user", "Export or delete the data of a user, while the server is stopped")
            {
                Command("export", "Write all data of a user to a new JSON file", (result, cancellationToken) => ExportUser(result, result.GetRequiredValue(user), result.GetRequiredValue(export), cancellationToken), user, export),
                Command("delete", "Delete an account with all personal data", (result, cancellationToken) => DeleteUser(result, result.GetRequiredValue(user), cancellationToken), user),
            },
            Command("health", "Ask the running server whether it is ready", Health),
            Command("doctor", "Check the configuration, disk, ports, database and clock, also while the server runs", Doctor),
            _verbose,
        };
        foreach (var option in _sections.Concat<Option>(_settings))
            commands.Add(option);
        commands.Options.OfType<VersionOption>().Single().Recursive = true;
        commands.SetAction(Serve);
        return commands;
    }

    private async Task Serve(ParseResult result, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(Starting);
        await using var app = Build(result);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (LeftCluster(app.Services.GetRequiredService<ActorSystem>()) is { } left)
        {
            throw left;
        }

        _isStarted = true;
        // Kestrel opens its endpoints in this order.
        var endpoints = app.Configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Zip(app.Urls, (endpoint, address) => $"{address} ({endpoint.Key})");
        await Console.Out.WriteLineAsync($"WebChat is ready: {string.Join(", ", endpoints.Reverse())}");
        // Held here, since the services are gone after the shutdown.
        var actors = app.Services.GetRequiredService<ActorSystem>();
        await app.WaitForShutdownAsync(cancellationToken);
        if (LeftCluster(actors) is { } ended)
            throw ended;
    }

    // The actors ended by themselves, and the server with them. A supervisor restarts a process that ends with an error: the node joins again.
    private static CommandException? LeftCluster(ActorSystem actors) =>
        CoordinatedShutdown.Get(actors).ShutdownReason is { } reason and not CoordinatedShutdown.ClrExitReason
            ? new($"This node has left the cluster ({reason.GetType().Name}) and must be started again.")
            : null;

    private async Task Database(ParseResult result, Action<DatabaseCommands> command)
    {
        await using var app = Build(result);
        command(new(Storage(app), Console.Out));
    }

    private async Task Schema(ParseResult result, Action<SchemaCommands> command)
    {
        await using var app = Build(result);
        command(new(Storage(app), Console.Out));
    }

    private async Task SetAdmin(ParseResult result, string user, bool isAdmin)
    {
        await using var app = Build(result, AdminCommands.WithoutPorts);
        await AdminCommands.Set(app, user, isAdmin, Console.Out);
    }

    private async Task ListAdmins(ParseResult result, CancellationToken cancellationToken)
    {
        await using var app = Build(result);
        await AdminCommands.List(app.Services, Storage(app), Console.Out, cancellationToken);
    }

    private async Task Journal(ParseResult result, Func<JournalCommands, Task> command)
    {
        await using var app = Build(result);
        new JournalSchema(Storage(app)).Verify();
        await command(ActivatorUtilities.CreateInstance<JournalCommands>(app.Services, Console.Out));
    }

    private async Task ExportUser(ParseResult result, string user, string file, CancellationToken cancellationToken)
    {
        await using var app = Build(result, AdminCommands.WithoutPorts);
        await UserDataCommands.Export(app, user, file, Console.Out, cancellationToken);
    }

    private async Task DeleteUser(ParseResult result, string user, CancellationToken cancellationToken)
    {
        await using var app = Build(result, AdminCommands.WithoutPorts);
        await UserDataCommands.Delete(app, user, Console.Out, cancellationToken);
    }

    private async Task Doctor(ParseResult result, CancellationToken cancellationToken)
    {
        await using var app = Build(result);
        await ActivatorUtilities.CreateInstance<DoctorCommand>(app.Services, Storage(app), Console.Out).Run(cancellationToken);
    }

    private async Task Health(ParseResult result, CancellationToken cancellationToken)
    {
        await using var app = Build(result);
        await HealthCommand.Run(app.Configuration, Console.Out, cancellationToken);
    }

    // Checks what a start checks, so that no command works with a configuration that the server refuses.
    private static StorageOptions Storage(WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return app.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
    }

    private WebApplication Build(ParseResult result, Action<WebApplicationBuilder>? configure = null)
    {
        var settings =
            from option in _sections
            from setting in result.GetValue(option) ?? []
            select $"{option.Name}:{setting}";
        var others =
            from option in _settings
            let value = result.GetValue(option)
            where value is not null
            select $"{option.Name}={value}";
        return build([.. settings, .. others], builder =>
        {
            foreach (var category in StartLogs)
                builder.Logging.AddFilter(category, level => _isStarted && level >= LogLevel.Warning);
            configure?.Invoke(builder);
        });
    }

    private static Command Command(string name, string description, Func<ParseResult, CancellationToken, Task> action, params Symbol[] inputs)
    {
        var command = new Command(name, description);
        foreach (var argument in inputs.OfType<Argument>())
            command.Add(argument);
        foreach (var option in inputs.OfType<Option>())
            command.Add(option);
        command.SetAction(action);
        return command;
    }

    private static Option<string[]> Section(string name, string description)
    {
        var option = new Option<string[]>($"--{name}") { Recursive = true, HelpName = "KEY=VALUE", Description = description };
        option.Validators.Add(result =>
        {
            foreach (var setting in result.Tokens.Where(token => !token.Value.Contains('=')))
                result.AddError($"--{name}:{setting.Value} needs a value: --{name}:{setting.Value}=VALUE.");
        });
        return option;
    }
}

/// <summary>A command failed. The message says why and what to do.</summary>
public sealed class CommandException(string message) : Exception(message);
