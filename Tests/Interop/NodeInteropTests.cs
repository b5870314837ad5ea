using System.Reflection;
using System.Runtime.CompilerServices;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;

namespace WebChat.Tests.Interop;

/// <summary>
/// Clients of another implementation, <c>@grpc/grpc-js</c> and <c>ws</c>, against a running Edge. Each test runs the scenario of
/// its name in <c>Tests/Interop/scenarios</c>.
/// </summary>
public sealed class NodeInteropTests(SharedEdge edge) : IClassFixture<SharedEdge>
{
    [NodeFact]
    public async Task Every_scenario_has_its_test()
    {
        var tests = typeof(NodeInteropTests).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetCustomAttribute<NodeFactAttribute>() is not null && method.Name != nameof(Every_scenario_has_its_test))
            .Select(method => method.Name);
        Assert.Equal((await edge.Scenarios.ListAsync()).Order(), tests.Order());
    }

    [NodeFact]
    public async Task A_stopping_server_tells_every_client_to_reconnect()
    {
        await using var own = await EdgeProcess.StartAsync();
        var code = Task.FromResult(-1);
        await using var scenarios = new NodeScenarios(own);
        await scenarios.RunAsync(nameof(A_stopping_server_tells_every_client_to_reconnect), () => code = own.StopAsync());
        Assert.Equal(0, await code);
    }

    [NodeFact]
    public Task Only_a_fresh_access_token_of_the_same_login_is_accepted() => RunAsync();

    [NodeFact]
    public Task A_user_signs_up_and_logs_in_over_gRPC() => RunAsync();

    [NodeFact]
    public Task A_user_signs_up_and_logs_in_over_HTTP() => RunAsync();

    [NodeFact]
    public Task A_user_name_is_taken_whatever_its_case() => RunAsync();

    [NodeFact]
    public Task Of_two_concurrent_sign_ups_under_one_name_one_succeeds() => RunAsync();

    [NodeFact]
    public Task Names_and_passwords_outside_the_limits_are_refused() => RunAsync();

    [NodeFact]
    public Task Every_character_of_a_password_counts() => RunAsync();

    [NodeFact]
    public Task A_wrong_password_and_an_unknown_user_get_the_same_answer() => RunAsync();

    [NodeFact]
    public Task Without_a_token_only_signing_up_and_logging_in_work() => RunAsync();

    [NodeFact]
    public Task An_expired_forged_or_unsigned_token_is_refused() => RunAsync();

    [NodeFact]
    public Task A_refresh_token_works_once_and_its_reuse_ends_the_login() => RunAsync();

    [NodeFact]
    public Task An_unknown_refresh_token_is_refused() => RunAsync();

    [NodeFact]
    public Task Logging_out_ends_the_refresh_token_and_the_sessions_of_that_login_only() => RunAsync();

    [NodeFact]
    public Task A_message_to_a_room_of_others_is_refused_and_the_connection_continues() => RunAsync();

    [NodeFact]
    public Task An_empty_or_too_long_text_or_one_with_control_characters_is_refused() => RunAsync();

    [NodeFact]
    public Task An_unreadable_frame_closes_the_socket_with_4400() => RunAsync();

    [NodeFact]
    public Task An_unreadable_frame_before_the_hello_closes_the_socket_with_4400() => RunAsync();

    [NodeFact]
    public Task The_OpenAPI_document_is_valid_and_has_every_annotated_method() => RunAsync();

    [NodeFact]
    public Task The_page_of_the_document_loads_nothing_from_other_servers() => RunAsync();

    [NodeFact]
    public Task A_frame_over_64_KiB_closes_the_socket_with_1009() => RunAsync();

    [NodeFact]
    public Task An_unknown_frame_is_answered_and_the_connection_continues() => RunAsync();

    [NodeFact]
    public Task A_socket_without_a_hello_in_5_seconds_is_closed_with_4401() => RunAsync();

    [NodeFact]
    public Task A_frame_before_the_hello_is_refused_and_a_hello_still_works() => RunAsync();

    [NodeFact]
    public Task A_second_hello_is_an_error_and_the_connection_continues() => RunAsync();

    [NodeFact]
    public Task A_frame_with_too_long_an_id_is_refused() => RunAsync();

    [NodeFact]
    public Task A_socket_without_a_known_subprotocol_is_refused() => RunAsync();

    [NodeFact]
    public Task A_page_of_another_site_cannot_open_a_socket() => RunAsync();

    [NodeFact]
    public Task A_client_that_disconnects_abruptly_harms_no_other() => RunAsync();

    [NodeFact]
    public Task A_profile_is_read_and_changed_over_HTTP() => RunAsync();

    [NodeFact]
    public Task Rooms_are_opened_listed_joined_and_left_over_HTTP() => RunAsync();

    [NodeFact]
    public Task A_room_that_is_not_open_is_neither_listed_nor_joined() => RunAsync();

    [NodeFact]
    public Task JSON_is_accepted_as_the_protobuf_mapping_says() => RunAsync();

    [NodeFact]
    public Task An_unreadable_request_is_answered_with_an_error() => RunAsync();

    [NodeFact]
    public Task Health_is_reported_on_both_protocols() => RunAsync();

    [NodeFact]
    public Task Two_users_that_search_over_HTTP_and_gRPC_are_paired() => RunAsync();

    [NodeFact]
    public Task A_cancelled_search_is_not_matched() => RunAsync();

    [NodeFact]
    public Task No_user_is_matched_against_the_preferences_of_either_side() => RunAsync();

    [NodeFact]
    public Task A_user_in_a_pair_cannot_search_until_it_ends() => RunAsync();

    [NodeFact]
    public Task Missing_profile_fields_for_a_search_are_named() => RunAsync();

    [NodeFact]
    public Task A_resumed_session_gets_exactly_the_events_after_the_cursor() => RunAsync();

    [NodeFact]
    public Task A_cursor_of_zero_starts_a_room_at_its_first_event() => RunAsync();

    [NodeFact]
    public Task A_resume_without_a_cursor_starts_at_the_current_state_of_the_room() => RunAsync();

    [NodeFact]
    public Task A_resume_on_a_second_socket_closes_the_first_with_4409() => RunAsync();

    [NodeFact]
    public Task A_hello_with_an_unknown_session_gets_a_new_one_and_the_rooms() => RunAsync();

    [NodeFact]
    public Task The_session_of_another_user_cannot_be_resumed() => RunAsync();

    [NodeFact]
    public Task A_cursor_beyond_the_history_is_reset() => RunAsync();

    [NodeFact]
    public Task Each_session_of_a_user_gets_the_match_and_every_event() => RunAsync();

    [NodeFact]
    public Task A_gRPC_client_and_a_WebSocket_client_with_JSON_talk() => RunAsync();

    [NodeFact]
    public Task A_gRPC_client_and_a_WebSocket_client_with_binary_frames_talk() => RunAsync();

    [NodeFact]
    public Task Two_WebSocket_clients_of_different_encodings_talk() => RunAsync();

    [NodeFact]
    public Task History_is_paged_from_the_newest_to_the_first() => RunAsync();

    [NodeFact]
    public Task A_client_id_posts_once_over_every_protocol() => RunAsync();

    [NodeFact]
    public Task A_message_sent_over_HTTP_or_gRPC_reaches_connected_members() => RunAsync();

    [NodeFact]
    public Task Any_text_is_stored_as_it_was_written() => RunAsync();

    [NodeFact]
    public Task Typing_presence_and_read_marks_reach_the_partner() => RunAsync();

    [NodeFact]
    public Task Leaving_a_pair_ends_it_for_both() => RunAsync();

    [NodeFact]
    public Task Members_join_talk_and_leave_in_a_group_room() => RunAsync();

    private Task RunAsync([CallerMemberName] string name = "") => edge.Scenarios.RunAsync(name);
}
