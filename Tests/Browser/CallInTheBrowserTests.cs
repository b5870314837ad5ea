using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

/// <summary>Two pages with a real call. The browser's test microphone beeps.</summary>
public sealed class CallInTheBrowserTests() : InTheBrowser(
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--disable-features=WebRtcHideLocalIpsWithMdns") // otherwise candidates have names that only resolve in a network with multicast
{
    [ChromiumFact]
    public async Task Partners_of_a_voice_search_hear_each_other_until_one_hangs_up()
    {
        var (ann, bob) = await MeetToTalkAsync();

        await ann.CallAsync("start");
        await bob.CallAsync("accept");
        await Task.WhenAll(ann.HearsAsync(), bob.HearsAsync());

        await bob.CallAsync("hangUp");
        await Expect(ann.CallBar).ToBeHiddenAsync();
        await Expect(ann.Lines.Last).ToContainTextAsync("You talked for");
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task A_reloaded_page_continues_its_call()
    {
        var (ann, bob) = await MeetToTalkAsync();
        await ann.CallAsync("start");
        await bob.CallAsync("accept");
        await Task.WhenAll(ann.HearsAsync(), bob.HearsAsync());

        await bob.ReloadAsync();
        await bob.CallAsync("takeUp");

        await Task.WhenAll(ann.HearsAsync(), bob.HearsAsync());
    }

    [ChromiumFact]
    public async Task Partners_that_call_each_other_at_once_talk()
    {
        var (ann, bob) = await MeetToTalkAsync();
        // Both have pressed the button before either call is known.
        foreach (var person in new[] { ann, bob })
        {
            await person.HoldMicrophoneAsync();
            await person.CallAsync("start");
            await Expect(person.CallBar).ToHaveAttributeAsync("data-state", "calling");
        }

        await Task.WhenAll(ann.ReleaseMicrophoneAsync(), bob.ReleaseMicrophoneAsync());

        await Task.WhenAll(ann.HearsAsync(), bob.HearsAsync());
    }

    [ChromiumFact]
    public async Task A_declined_call_is_in_the_history_and_can_be_repeated()
    {
        var (ann, bob) = await MeetToTalkAsync();
        await ann.CallAsync("notNow");
        await ann.CallAsync("");

        await bob.CallAsync("decline");

        await Expect(ann.Lines.Last).ToHaveTextAsync("Bob could not take your call.");
        await Expect(bob.Lines.Last).ToHaveTextAsync("You declined a call.");
        await bob.CallAsync("");
        await ann.CallAsync("accept");
        await Task.WhenAll(ann.HearsAsync(), bob.HearsAsync());
    }

    [ChromiumFact]
    public async Task A_user_without_a_microphone_permission_is_told_what_to_do()
    {
        var (ann, bob) = await MeetToTalkAsync();
        await ann.HasNoMicrophoneAsync();

        await ann.CallAsync("start");

        await Expect(ann.Notice).ToContainTextAsync("does not let this page use the microphone");
        await bob.CallAsync("start");
        await ann.CallAsync("accept");
        await Expect(ann.CallBar).ToHaveAttributeAsync("data-state", "ringing");
    }

    private async Task<(Person Ann, Person Bob)> MeetToTalkAsync()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        var bob = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync(EdgeServer.NewName(), "Ann", "FEMALE", "MALE");
        await bob.SignUpAsync(EdgeServer.NewName(), "Bob", "MALE", "FEMALE");
        await ann.SearchToTalkAsync();
        await bob.SearchToTalkAsync();
        await ann.MeetsAsync("Bob");
        await bob.MeetsAsync("Ann");
        return (ann, bob);
    }
}
