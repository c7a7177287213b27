using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Runtime;
using Orleans.Storage;
using Scoring.Incidents;
using Scoring.Programmes;
using Scoring.Rules;
using Scoring.Storage;

namespace Scoring.Administration;

/// <summary>
/// Reads and writes rows of grain storage that an earlier version wrote, one file a row. This version must read them, and a silo of the
/// version before must read what this version writes, because both run during a rolling upgrade. Never edit a file. Add one for a new
/// shape.
/// </summary>
public sealed class StoredStateTests(StoredStateSilo silo) : IClassFixture<StoredStateSilo>
{
    private const string ProgrammeKind = "programme-admin";
    private const string RegistrationKind = "registration";
    private const string IncidentKind = "incident";

    public static TheoryData<string> Files => [.. Rows.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, StoredRow> Rows { get; } =
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Administration", "Stored"), "*.json")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, StoredRow.Read);

    private IGrainStorage Storage => silo.Services.GetRequiredKeyedService<IGrainStorage>(AdministrationStorage.Name);

    private IGrainFactory Grains => silo.Services.GetRequiredService<IGrainFactory>();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_stored_state_is_read_with_every_field_and_written_with_the_same_bytes(string file)
    {
        var row = await Store(file, "bytes of " + file);
        var fields = row.Kind switch
        {
            ProgrammeKind => await ReadAndWrite<ProgrammeAdminState>(row, StoredFields.Of),
            RegistrationKind => await ReadAndWrite<RegistrationState>(row, StoredFields.Of),
            IncidentKind => await ReadAndWrite<IncidentState>(row, StoredFields.Of),
            _ => throw new InvalidDataException(row.Kind),
        };
        JsonNode.DeepEquals(fields, JsonNode.Parse(row.Payload)).ShouldBeTrue(fields.ToJsonString());
        (await Payload(row)).ShouldBe(row.Payload);
    }

    [Fact]
    public void Every_member_that_is_stored_is_in_one_of_the_files()
    {
        var members = Rows.Values.SelectMany(row => Members(JsonNode.Parse(row.Payload)!)).ToHashSet();
        Type[] stored = [
            typeof(ProgrammeAdminState), typeof(WrittenDraft), typeof(RegistrationState), typeof(WrittenProposal),
            typeof(PendingAdminAction), typeof(IncidentState), typeof(WrittenIncident)];
        foreach (var property in stored.SelectMany(type => type.GetProperties().Where(property => property.CanWrite)))
            members.ShouldContain(property.Name, $"{property.DeclaringType!.Name}.{property.Name}");
    }

    [Fact]
    public async Task A_draft_with_one_approval_is_found_by_its_programme()
    {
        var row = await Store("draft-approved-once");
        var stored = JsonNode.Parse(row.Payload)!["Draft"]!;
        var found = (await Grains.GetGrain<IProgrammeAdminGrain>(row.Name).Find()).ShouldNotBeNull();
        var draft = found.Draft.ShouldNotBeNull();
        (draft.Hash, draft.Author).ShouldBe(((string)stored["Hash"]!, "administrator-1"));
        draft.At.ShouldBe(DateTimeOffset.Parse((string)stored["At"]!, CultureInfo.InvariantCulture));
        draft.Approvals.ShouldBe(["administrator-2"]);
        draft.Json.ShouldBe(Convert.FromBase64String((string)stored["Json"]!));
        (await Grains.GetGrain<IProgrammeAdminGrain>(row.Name).Approve("administrator-2", draft.Hash)).Refusal
            .ShouldBe(AdminRefusal.ApprovedAlready);
    }

    [Fact]
    public async Task A_suspension_that_was_pending_takes_effect_once_and_the_same_row_says_so()
    {
        var row = await Store("act-pending");
        var grain = Grains.GetGrain<IProgrammeAdminGrain>(row.Name);
        (await grain.Find()).ShouldNotBeNull().Status.ShouldBe(ProgrammeStatus.Suspended);
        var stored = JsonNode.Parse(row.Payload)!;
        var now = JsonNode.Parse(await Payload(row))!;
        (now["Pending"], (long)now["Turn"]!).ShouldBe((null, (long)stored["Turn"]! + 1));
        JsonNode.DeepEquals(now["Done"], stored["Pending"]).ShouldBeTrue();
        (await Count(row)).ShouldBe(1);
        await grain.Find();
        (await Acts(row.Name)).ShouldBe(["published", "suspended"]);
    }

    [Fact]
    public async Task A_programme_whose_resuming_was_approved_once_is_resumed_by_another_administrator()
    {
        var row = await Store("resuming-approved-once");
        var programme = ProgrammeId.Parse(row.Name);
        await silo.Services.GetRequiredService<IProgrammeStore>().SetSuspended(
            programme, true, Versions.Act("suspended", programme), CancellationToken.None);
        var grain = Grains.GetGrain<IProgrammeAdminGrain>(row.Name);
        (await grain.ApproveResuming("administrator-1")).Refusal.ShouldBe(AdminRefusal.ApprovedAlready);
        (await grain.ApproveResuming("administrator-2")).Done.ShouldBeTrue();
        (await grain.Find()).ShouldNotBeNull().Status.ShouldBe(ProgrammeStatus.Published);
        (await Count(row)).ShouldBe(1);
    }

    [Fact]
    public async Task A_proposal_that_waits_is_approved_by_another_administrator()
    {
        var row = await Store("proposal-waiting");
        var grain = Grains.GetGrain<IRegistrationGrain>(row.Name);
        var proposal = (await grain.Find()).ShouldNotBeNull().Proposal.ShouldNotBeNull();
        (proposal.Act, proposal.Author).ShouldBe((RegistrationAction.Register, "administrator-1"));
        (await grain.Approve("administrator-1", proposal.Hash)).Refusal.ShouldBe(AdminRefusal.IsAuthor);
        (await grain.Approve("administrator-2", proposal.Hash)).Done.ShouldBeTrue();
        (await grain.Find()).ShouldNotBeNull().Status.ShouldBe(RegistrationStatus.Registered);
        (await Count(row)).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_was_pending_is_finished()
    {
        var row = await Store("registration-pending");
        var found = (await Grains.GetGrain<IRegistrationGrain>(row.Name).Find()).ShouldNotBeNull();
        (found.Status, found.Proposal).ShouldBe((RegistrationStatus.Registered, null));
        found.Document.ShouldBe(Convert.FromBase64String((string)JsonNode.Parse(row.Payload)!["Proposal"]!["Document"]!));
        (await Count(row)).ShouldBe(1);
    }

    [Fact]
    public async Task A_confirmed_notice_that_was_pending_is_told_once()
    {
        var row = await Store("incident-pending");
        var grain = Grains.GetGrain<IIncidentGrain>(row.Name);
        (await grain.Find()).ShouldBeNull();
        (await grain.Find()).ShouldBeNull();
        (await Acts(row.Name)).Where(act => act == AdminActions.IncidentNotified).ShouldHaveSingleItem();
        (await Count(row)).ShouldBe(1);
    }

    private static IEnumerable<string> Members(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(IEnumerable<string> (member) => [member.Key, .. Members(member.Value!)]),
        JsonArray elements => elements.SelectMany(element => Members(element!)),
        _ => [],
    };

    private async Task<JsonObject> ReadAndWrite<TState>(StoredRow row, Func<TState, JsonObject> fields)
        where TState : new()
    {
        var id = GrainId.Create(row.Kind, row.Name);
        var state = new GrainState<TState>(new TState());
        await Storage.ReadStateAsync(row.Kind, id, state);
        state.RecordExists.ShouldBeTrue();
        await Storage.WriteStateAsync(row.Kind, id, state);
        return fields(state.State!);
    }

    /// <summary>Inserts a row under the name of its grain, or under another name that belongs to no grain.</summary>
    private async Task<StoredRow> Store(string file, string? name = null)
    {
        var row = name is null ? Rows[file] : Rows[file] with { Name = name };
        await Run<object>(
            """
            INSERT INTO administration.state (service, kind, n0, n1, name, version, payload)
            VALUES ($1, $2, 0, 0, $3, nextval('administration.state_version'), convert_to($4, 'UTF8'))
            """,
            row.Service, row.Kind, row.Name, row.Payload);
        return row;
    }

    private async Task<string> Payload(StoredRow row) => (await Run<string>(
        """
        SELECT convert_from(payload, 'UTF8') FROM administration.state
        WHERE service = $1 AND kind = $2 AND n0 = 0 AND n1 = 0 AND name = $3
        """,
        row.Service, row.Kind, row.Name))!;

    private Task<long> Count(StoredRow row) => Run<long>(
        "SELECT count(*) FROM administration.state WHERE kind = $1 AND name = $2", row.Kind, row.Name);

    private async Task<string[]> Acts(string name)
    {
        var programme = ProgrammeId.Parse(name);
        var page = await Grains.GetGrain<IRecordGrain>(0).Read(programme, 0, 100);
        return [.. page.ShouldNotBeNull().Acts.Where(act => act.Programme == programme).Select(act => act.Act)];
    }

    private async Task<T?> Run<T>(string statement, params string[] values)
    {
        await using var source = NpgsqlDataSource.Create(silo.Database);
        await using var command = source.CreateCommand(statement);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T?)await command.ExecuteScalarAsync();
    }
}
