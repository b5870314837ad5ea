using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class ChatInTheBrowserTests : InTheBrowser
{
    [ChromiumFact]
    public async Task Two_users_talk_on_after_restarts_and_nothing_is_lost_or_doubled()
    {
        var (ann, bob) = await MeetAsync();
        await ann.SayAsync("Hello!");
        await bob.SeesAsync("Hello!");
        await bob.SayAsync("Hi. A line\nand another: https://example.org/?q=<b>");
        List<string> said = ["Hello!", "Hi. A line and another: https://example.org/?q=<b>"];
        await ann.SeesAsync([.. said]);

        await Edge.StopAsync();
        await ann.IsCutOffAsync();
        await ann.SayAsync("Are you there?", "It seems that we are cut off.");
        await Edge.RestartAsync();
        said.AddRange(["Are you there?", "It seems that we are cut off."]);
        await bob.SeesAsync([.. said]);
        await bob.SayAsync("Here I am.");
        said.Add("Here I am.");
        await ann.SeesAsync([.. said]);

        await Edge.KillAsync();
        await bob.IsCutOffAsync();
        await bob.SayAsync("Again!");
        await Edge.RestartAsync();
        said.Add("Again!");
        await ann.SeesAsync([.. said]);
        await ann.SayAsync("Never mind.");
        said.Add("Never mind.");

        foreach (var person in new[] { ann, bob })
        {
            await person.SeesAsync([.. said]);
            await person.HasNothingPendingAsync();
            await person.ReloadAsync();
            await person.SeesAsync([.. said]);
            Assert.Empty(person.Complaints);
        }
    }

    [ChromiumFact]
    public async Task A_message_written_offline_is_sent_also_after_a_reload()
    {
        var (ann, bob) = await MeetAsync();
        await ann.SayAsync("one");
        await bob.SeesAsync("one");

        await Edge.KillAsync();
        await ann.IsCutOffAsync();
        await ann.SayAsync("two");
        await Edge.RestartAsync();
        await ann.ReloadAsync();

        await bob.SeesAsync("one", "two");
        await ann.SeesAsync("one", "two");
        await ann.HasNothingPendingAsync();
    }

    [ChromiumFact]
    public async Task Each_partner_sees_the_other_come_type_and_end()
    {
        var (ann, bob) = await MeetAsync();
        await Expect(ann.PartnerState).ToHaveTextAsync("Online");
        await bob.TypeAsync("Let me thi");
        await Expect(ann.Typing).ToHaveTextAsync("Bob is typing…");

        await bob.EndAsync();
        await Expect(ann.SearchAgain).ToBeVisibleAsync();
        await ann.SearchAgain.ClickAsync();
        await bob.SearchAgain.ClickAsync();
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task The_sender_sees_whether_a_message_is_delivered_and_read()
    {
        var (ann, bob) = await MeetAsync();
        await ann.SayAsync("Hello!");
        await Expect(ann.Deliveries).ToHaveAttributeAsync("aria-label", "Read");

        await bob.OpenProfileAsync();
        await ann.SayAsync("Are you there?");
        await Expect(ann.Deliveries.Last).ToHaveAttributeAsync("aria-label", "Delivered");
        await ann.ReloadAsync();
        await Expect(ann.Deliveries.Last).ToHaveAttributeAsync("aria-label", "Delivered");
        await Expect(ann.Deliveries.First).ToHaveAttributeAsync("aria-label", "Read");

        await bob.GoBackAsync();
        await Expect(ann.Deliveries.Last).ToHaveAttributeAsync("aria-label", "Read");
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task An_owner_renames_a_room_removes_a_member_and_ends_it()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        var bob = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync("ann", "Ann", "FEMALE");
        await bob.SignUpAsync("bob", "Bob", "MALE");
        await ann.OpenRoomAsync("Tea");
        await bob.JoinRoomAsync("Tea");

        await bob.LookAtPeopleAsync();
        await Expect(bob.Fellows).ToContainTextAsync("Owner");
        await ann.LookAtPeopleAsync();
        await ann.RenameRoomAsync("Coffee");
        await Expect(bob.RoomTitle).ToHaveTextAsync("Coffee");
        await Expect(ann.Fellows).ToContainTextAsync("Bob");
        await ann.RemoveMemberAsync("Bob");
        await Expect(bob.Notice).ToContainTextAsync("You were removed from Coffee.");
        await Expect(bob.GroupsPage).ToBeVisibleAsync();
        await Expect(bob.OpenRooms).ToBeEmptyAsync();
        await Expect(bob.People).ToBeHiddenAsync();

        await ann.LookAtPeopleAsync();
        await Expect(ann.Fellows).ToContainTextAsync("No longer here");
        await ann.CloseRoomAsync();
        await Expect(ann.SearchAgain).ToBeVisibleAsync();
        await bob.ReloadAsync();
        await Expect(bob.OpenRooms).ToBeEmptyAsync();
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task A_user_with_an_incomplete_profile_is_told_and_completes_it()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync("ann", "Ann");
        await Expect(ann.Missing).ToContainTextAsync("birth date");
        await ann.GoToSearchAsync();
        await ann.SearchAsync();
        await Expect(ann.Missing).ToContainTextAsync("your gender");

        await ann.FillProfileAsync("1990-01-02", "OTHER", 25, 40, "talk", "chess", "de", "I like tea.");
        await ann.SeesProfileAsync("1990-01-02", "I like tea.", "OTHER", "talk", "chess", "de");
        await Expect(ann.Missing).ToBeHiddenAsync();
        await ann.GoToSearchAsync();
        await ann.SearchAsync();
        await Expect(ann.SearchState).ToHaveAttributeAsync("data-state", "waiting");
        Assert.Empty(ann.Complaints);
    }
}
