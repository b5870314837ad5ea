using System.Reflection;
using System.Runtime.CompilerServices;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>
/// Clients of another make, <c>@grpc/grpc-js</c> and <c>ws</c>, against a running Edge. Each test runs the scenario of its
/// name in <c>Tests/Interop/scenarios</c>.
/// </summary>
public sealed class NodeInteropTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [NodeFact]
    public async Task Every_scenario_has_its_test()
    {
        var tests = typeof(NodeInteropTests).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttribute<NodeFactAttribute>() is not null && method.Name != nameof(Every_scenario_has_its_test))
            .Select(method => method.Name);
        Assert.Equal((await NodeScenario.ListAsync()).Order(), tests.Order());
    }

    [NodeFact]
    public async Task A_server_that_stops_tells_every_client_to_come_back()
    {
        await using var own = await EdgeProcess.StartAsync();
        var code = Task.FromResult(-1);
        await NodeScenario.RunAsync(own, nameof(A_server_that_stops_tells_every_client_to_come_back), () => code = own.StopAsync());
        Assert.Equal(0, await code);
    }

    [NodeFact]
    public Task A_fresh_access_token_of_the_same_login_is_taken_and_no_other() => RunAsync();

    [NodeFact]
    public Task Somebody_signs_up_and_logs_in_over_gRPC() => RunAsync();

    [NodeFact]
    public Task Somebody_signs_up_and_logs_in_over_HTTP() => RunAsync();

    [NodeFact]
    public Task A_user_name_is_taken_whatever_its_case() => RunAsync();

    [NodeFact]
    public Task Of_two_who_sign_up_for_one_name_at_once_one_gets_it() => RunAsync();

    [NodeFact]
    public Task Names_and_passwords_outside_the_limits_are_refused() => RunAsync();

    [NodeFact]
    public Task All_of_a_password_counts() => RunAsync();

    [NodeFact]
    public Task A_wrong_password_and_an_unknown_user_are_answered_alike() => RunAsync();

    [NodeFact]
    public Task Without_a_token_nothing_but_signing_up_and_in_works() => RunAsync();

    [NodeFact]
    public Task A_token_that_is_expired_forged_or_unsigned_is_refused() => RunAsync();

    [NodeFact]
    public Task A_refresh_token_works_once_and_its_reuse_ends_the_whole_log_in() => RunAsync();

    [NodeFact]
    public Task A_refresh_token_that_nobody_gave_out_is_refused() => RunAsync();

    [NodeFact]
    public Task Logging_out_ends_the_refresh_token_and_the_sockets_of_that_log_in_alone() => RunAsync();

    [NodeFact]
    public Task A_message_to_a_room_one_is_not_in_is_refused_and_the_connection_goes_on() => RunAsync();

    [NodeFact]
    public Task A_text_that_is_empty_too_long_or_has_control_characters_is_refused() => RunAsync();

    [NodeFact]
    public Task What_cannot_be_read_closes_the_socket_with_4400() => RunAsync();

    [NodeFact]
    public Task Rubbish_before_the_hello_closes_the_socket_with_4400() => RunAsync();

    [NodeFact]
    public Task The_OpenAPI_document_is_valid_and_has_every_annotated_method() => RunAsync();

    [NodeFact]
    public Task The_page_of_the_document_loads_nothing_from_other_servers() => RunAsync();

    [NodeFact]
    public Task A_frame_over_64_KiB_closes_the_socket_with_1009() => RunAsync();

    [NodeFact]
    public Task An_unknown_frame_is_answered_and_the_connection_goes_on() => RunAsync();

    [NodeFact]
    public Task Who_does_not_say_hello_in_5_seconds_is_closed_with_4401() => RunAsync();

    [NodeFact]
    public Task A_frame_before_the_hello_is_refused_and_a_hello_still_works() => RunAsync();

    [NodeFact]
    public Task A_second_hello_is_an_error_and_the_connection_goes_on() => RunAsync();

    [NodeFact]
    public Task A_frame_with_too_long_an_id_is_refused() => RunAsync();

    [NodeFact]
    public Task A_socket_that_knows_none_of_our_subprotocols_is_refused() => RunAsync();

    [NodeFact]
    public Task A_page_of_another_site_cannot_open_a_socket() => RunAsync();

    [NodeFact]
    public Task A_client_that_breaks_off_in_the_middle_of_everything_harms_nobody() => RunAsync();

    [NodeFact]
    public Task A_profile_is_read_and_changed_over_HTTP() => RunAsync();

    [NodeFact]
    public Task Rooms_are_made_found_entered_and_left_over_HTTP() => RunAsync();

    [NodeFact]
    public Task A_room_that_is_not_open_is_neither_listed_nor_entered() => RunAsync();

    [NodeFact]
    public Task JSON_is_taken_as_the_protobuf_mapping_says() => RunAsync();

    [NodeFact]
    public Task A_request_that_cannot_be_read_is_answered_by_an_error() => RunAsync();

    [NodeFact]
    public Task Health_is_told_on_both_edges() => RunAsync();

    [NodeFact]
    public Task Two_who_search_over_HTTP_and_gRPC_find_each_other() => RunAsync();

    [NodeFact]
    public Task A_cancelled_search_finds_nobody() => RunAsync();

    [NodeFact]
    public Task Nobody_is_matched_against_a_wish_of_either_side() => RunAsync();

    [NodeFact]
    public Task Who_is_in_a_pair_cannot_search_until_it_ends() => RunAsync();

    [NodeFact]
    public Task What_the_profile_lacks_for_a_search_is_named() => RunAsync();

    [NodeFact]
    public Task Who_resumes_gets_exactly_what_came_after_the_cursor() => RunAsync();

    [NodeFact]
    public Task A_cursor_of_zero_brings_a_room_from_its_first_event() => RunAsync();

    [NodeFact]
    public Task Resuming_without_a_cursor_begins_where_the_room_stands() => RunAsync();

    [NodeFact]
    public Task Resuming_on_a_second_socket_closes_the_first_with_4409() => RunAsync();

    [NodeFact]
    public Task A_session_that_is_not_there_is_answered_with_a_new_one_and_the_rooms() => RunAsync();

    [NodeFact]
    public Task The_session_of_somebody_else_cannot_be_resumed() => RunAsync();

    [NodeFact]
    public Task A_cursor_beyond_the_history_is_reset() => RunAsync();

    [NodeFact]
    public Task Each_session_of_a_person_gets_the_match_and_every_event() => RunAsync();

    [NodeFact]
    public Task A_gRPC_client_and_a_WebSocket_client_with_JSON_talk() => RunAsync();

    [NodeFact]
    public Task A_gRPC_client_and_a_WebSocket_client_with_binary_frames_talk() => RunAsync();

    [NodeFact]
    public Task Two_WebSocket_clients_of_different_encodings_talk() => RunAsync();

    [NodeFact]
    public Task History_is_paged_from_the_newest_to_the_first() => RunAsync();

    [NodeFact]
    public Task The_same_client_id_posts_once_by_whichever_way_it_comes() => RunAsync();

    [NodeFact]
    public Task A_message_sent_over_HTTP_or_gRPC_reaches_who_is_connected() => RunAsync();

    [NodeFact]
    public Task Any_text_is_kept_as_it_was_written() => RunAsync();

    [NodeFact]
    public Task Typing_presence_and_read_marks_reach_the_other() => RunAsync();

    [NodeFact]
    public Task Leaving_a_pair_ends_it_for_both() => RunAsync();

    [NodeFact]
    public Task A_group_room_has_its_members_join_talk_and_leave() => RunAsync();

    private Task RunAsync([CallerMemberName] string name = "") => NodeScenario.RunAsync(edge.Process, name);
}
