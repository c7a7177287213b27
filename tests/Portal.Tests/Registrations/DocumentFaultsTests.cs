using System.Text.Json;
using Scoring.Client;

namespace Scoring.Registrations;

public sealed class DocumentFaultsTests
{
    private static readonly string[] Fields = ["name", "attributes", "attributes-0-name", "attributes-0-codes", "keys-0"];

    [Theory]
    [InlineData("/name", "name")]
    [InlineData("/document/keys/0", "keys-0")] // of the request, not of the document
    [InlineData("/attributes/0/name", "attributes-0-name")]
    [InlineData("/attributes/0/codes/3", "attributes-0-codes")]
    [InlineData("/attributes/7/name", "attributes")]
    [InlineData("/attributes", "attributes")]
    [InlineData("/keys/0/kid", "keys-0")]
    [InlineData("/unheard-of", "name")]
    [InlineData("", "name")]
    public void A_problem_is_at_the_field_that_holds_its_place(string pointer, string field) =>
        DocumentFaults.Of(Problem(new DraftProblem(pointer, "form-wrong", "Mend it.")), Fields).ShouldBe([(field, "Mend it.")]);

    [Fact]
    public void A_refusal_without_places_is_at_the_first_field() =>
        DocumentFaults.Of(Problem(), Fields).ShouldBe([("name", "It was refused.")]);

    [Theory]
    [InlineData("""{"name":"traffic.a","family":"traffic","origin":"attested","context":"mobility","description":"D","attributes":[]}""")]
    [InlineData("""
        {"name":"traffic.a","family":"traffic","origin":"attested","context":"mobility","description":"D","attributes":[
         {"name":"a","kind":"integer","required":true,"description":"A","unit":"km","min":-3,"max":9007199254740991},
         {"name":"b","kind":"code","required":false,"description":"B","codes":["x","y-z"]},
         {"name":"c","kind":"boolean","required":false,"description":"C"}],"version":3}
        """)]
    public void The_form_of_an_event_type_writes_the_document_that_it_was_read_from(string json) =>
        Same(EventTypeForm.Of(JsonElement.Parse(json)), json);

    [Theory]
    [InlineData("""{"id":"urn:a:b","name":"A","family":"payment","keys":[{"kid":"a","kty":"EC"}]}""")]
    [InlineData("""
        {"id":"urn:a:b","name":"A","family":"payment","keys":[{"kid":"a"},{"kid":"b","use":"sig"}],"clients":["x y","z"],
         "linkUri":"https://a.example"}
        """)]
    public void The_form_of_a_source_writes_the_document_that_it_was_read_from(string json) =>
        Same(SourceForm.Of(JsonElement.Parse(json)), json);

    [Fact]
    public void The_form_of_a_service_writes_the_document_that_it_was_read_from()
    {
        const string Json = """
            {"id":"a-b","programme":"p","legalEntity":"L","purpose":"P","contact":"C","lastDay":"2026-11-23","context":"mobility"}
            """;
        Same(ServiceForm.Of(JsonElement.Parse(Json)), Json);
    }

    private static void Same(IRegistrationForm form, string json) =>
        JsonElement.DeepEquals(form.ToDocument(), JsonElement.Parse(json)).ShouldBeTrue(form.ToDocument().GetRawText());

    private static ProblemDocument Problem(params DraftProblem[] problems) =>
        new("urn:scoring:problem:content-at-fault", "Refused", 422, "It was refused.", Problems: problems);
}
