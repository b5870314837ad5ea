using System.Data.Common;
using Microsoft.Extensions.Options;
using WebChat.Actors.Journal;
using WebChat.Actors.Journal.Schema;
using WebChat.Edge.Commands;
using WebChat.Edge.Health;
using WebChat.Edge.Hosting;
using WebChat.Edge.Http;
using WebChat.Edge.Services;
using WebChat.Edge.WebSockets;

// The settings and the page lie beside the program, whatever directory it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (DatabaseCommands.Find(args, builder.Configuration) is { } command)
    return command();
builder.AddWebChat();

var app = builder.Build();
app.UseProxies();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseGrpcPort();
app.UseResponseCompression();
app.UseWebChatPages();
app.UseRoutingErrors();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();
app.UseWebSockets();
app.MapWebChatServices();
app.MapAvatars();
app.MapWebChatSockets();
app.MapWebChatHealth();

try
{
    // Before anything starts: if another server has the data, or it is not for this one, there is no more to say than that.
    app.Services.GetRequiredService<JournalDatabase>();
    app.Run();
    return 0;
}
catch (Exception unfit) when (unfit is DataInUseException or SchemaException or AppointmentException)
{
    await Console.Error.WriteLineAsync(unfit.Message);
    return 1;
}
catch (DbException unreachable)
{
    await Console.Error.WriteLineAsync($"The database cannot be used: {unreachable.Message}");
    return 1;
}
catch (OptionsValidationException wrong)
{
    // Whoever wrote the setting wants to read what is wrong with it, not where it was found out.
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong.Failures));
    return 1;
}

/// <summary>Visible to tests, which start the server by it.</summary>
public partial class Program;
