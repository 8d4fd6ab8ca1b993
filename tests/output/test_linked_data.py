"""Linked data as rdflib reads it: SPARQL against the measures, every fact with the words of its cell."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections import Counter

import pytest
import rdflib

import pairing_graph as pg

validate = pytest.importorskip("pyshacl").validate

PREFIXES = """
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX oa: <http://www.w3.org/ns/oa#>
    PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX prov: <http://www.w3.org/ns/prov#>
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    PREFIX : <urn:pairing-graph:vocab/>
"""


def read(path):
    with warnings.catch_warnings():  # rdflib's own reader of JSON-LD uses a class that it calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Graph().parse(path)


@pytest.fixture(scope="module")
def linked(kb, tmp_path_factory):
    return read(pg.write_rdf(kb, tmp_path_factory.mktemp("rdf") / "out.ttl"))


def ask(graph, query):
    return [tuple(value.toPython() for value in row) for row in graph.query(PREFIXES + query)]


def test_tasks_led_by_a_unit_are_its_load(kb, linked):
    query = """SELECT ?unit (COUNT(DISTINCT ?task) AS ?tasks) WHERE {
        ?assignment org:member/skos:prefLabel ?unit ; org:role/skos:notation "lead" ; :task ?task } GROUP BY ?unit"""
    lead = pg.workload(kb, collectives=True)["lead"]
    assert dict(ask(linked, query)) == lead[lead > 0].to_dict()


def test_pairings_are_those_of_the_table(kb, linked):
    query = """SELECT ?donor ?recipient WHERE {
        ?pairing a :Pairing ; :donor/skos:prefLabel ?donor ; :recipient/skos:prefLabel ?recipient }"""
    pairs = Counter(zip(kb.pairings["donor"], kb.pairings["recipient"], strict=True))
    assert Counter(ask(linked, query)) == pairs
    short = "SELECT ?one ?other WHERE { ?a org:linkedTo ?b . ?a skos:prefLabel ?one . ?b skos:prefLabel ?other }"
    assert set(ask(linked, short)) == set(pairs)


@pytest.mark.parametrize(
    ("table", "kind"), [("assignments", "org:Membership"), ("pairings", ":Pairing"), ("targets", ":Target")]
)
def test_the_selectors_of_a_fact_have_the_words_that_trace_gives(kb, linked, table, kind):
    query = f"""SELECT ?address ?words WHERE {{
        ?fact a {kind} ; :address ?address ; ^oa:hasBody/oa:hasTarget/oa:hasSelector/oa:exact ?words }}"""
    found = {}
    for address, words in ask(linked, query):
        found.setdefault(address, set()).add(words)
    addresses = kb.tables[table]["address"]
    assert set(found) == set(addresses)
    for address in sorted(set(addresses))[::5]:
        assert found[address] == set(pg.trace(kb, address)["text"])


def test_every_fact_has_a_place_in_the_notice_and_a_reading(kb, linked):
    query = """SELECT ?fact ?place WHERE {
        ?fact prov:wasGeneratedBy/prov:wasAssociatedWith/rdfs:label ?program ; ^oa:hasBody/oa:hasTarget ?cell .
        ?fact prov:wasDerivedFrom ?cell .
        ?cell oa:hasSource/dcterms:identifier ?document ; oa:hasSelector/rdf:value ?place }"""
    facts = {fact for fact, _ in ask(linked, query)}
    assert len(facts) == len(kb.tasks) + len(kb.assignments) + len(kb.pairings) + len(kb.targets)
    programs = {str(name) for name in linked.objects(None, rdflib.RDFS.label)}
    assert programs == {f"pairing_graph {pg.__version__}"}


def test_a_blank_cell_leads_to_the_one_that_supplies_it(kb, linked):
    blank = kb.assignments[kb.assignments["inherited_from"] != ""].iloc[0]
    query = f"""SELECT ?place WHERE {{
        ?fact :address "{blank["address"]}" ; ^oa:hasBody/oa:hasTarget/oa:hasSelector/rdf:value ?place }}"""
    assert ask(linked, query) == [(blank["inherited_from"].partition("!")[2].partition(".")[0],)]


SHAPES = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix oa: <http://www.w3.org/ns/oa#> .
    @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix : <urn:pairing-graph:vocab/> .
    [] a sh:NodeShape ; sh:targetClass org:Membership ;
        sh:property [ sh:path org:member ; sh:class org:Organization ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path org:role ; sh:class org:Role ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path org:organization ; sh:class org:OrganizationalCollaboration ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path :task ; sh:class :Task ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path prov:wasDerivedFrom ; sh:minCount 2 ] .
    [] a sh:NodeShape ; sh:targetClass :Pairing ;
        sh:property [ sh:path :donor ; sh:class org:Organization ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path :recipient ; sh:class org:Organization ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path prov:wasGeneratedBy ; sh:class prov:Activity ; sh:minCount 1 ] .
    [] a sh:NodeShape ; sh:targetClass oa:Annotation ;
        sh:property [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path oa:hasTarget ; sh:class oa:SpecificResource ; sh:minCount 1 ; sh:maxCount 1 ] .
    [] a sh:NodeShape ; sh:targetClass oa:SpecificResource ;
        sh:property [ sh:path oa:hasSource ; sh:class prov:Entity ; sh:minCount 1 ; sh:maxCount 1 ] ,
            [ sh:path oa:hasSelector ; sh:minCount 1 ] .
    [] a sh:NodeShape ; sh:targetClass org:Organization ;
        sh:property [ sh:path skos:prefLabel ; sh:languageIn ( "zh" ) ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


@pytest.mark.parametrize("which", ["plain", "hostile"])
def test_it_has_the_shape_that_the_vocabularies_ask_for(kb, hostile, tmp_path, which):
    graph = read(pg.write_rdf({"plain": kb, "hostile": hostile}[which], tmp_path / "out.ttl"))
    conforms, _, report = validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    assert conforms, report


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt"])
def test_each_format_says_the_same(hostile, tmp_path, suffix):
    graph = read(pg.write_rdf(hostile, tmp_path / f"out.{suffix}"))
    query = "SELECT ?name WHERE { ?unit a org:Organization ; org:classification ?kind ; skos:prefLabel ?name }"
    assert {name for (name,) in ask(graph, query)} == set(hostile.units["unit"])
    texts = {str(text) for text in graph.objects(None, rdflib.DCTERMS.description)}
    assert texts == set(hostile.tasks["text"])
    assert set(graph) == set(read(pg.write_rdf(hostile, tmp_path / "other.nt")))


def test_there_are_no_blank_nodes(linked):
    assert not [node for node in linked.all_nodes() if isinstance(node, rdflib.BNode)]


def test_the_same_bytes_whatever_the_order_of_sets(root, tmp_path):
    code = """import sys, pairing_graph as pg
kb = pg.read_notice("data/raw/wuxi-yuzhong-2022.txt")
for suffix in ("ttl", "jsonld", "nt"):
    pg.write_rdf(kb, f"{sys.argv[1]}/out.{suffix}")"""
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        command = [sys.executable, "-c", code, str(tmp_path / seed)]
        subprocess.run(command, cwd=root, check=True, env=environment)
    for suffix in ("ttl", "jsonld", "nt"):
        one, two = ((tmp_path / seed / f"out.{suffix}").read_bytes() for seed in ("1", "2"))
        assert one == two


def test_a_base_of_ones_own_begins_every_name(kb, tmp_path):
    graph = read(pg.write_rdf(kb, tmp_path / "out.ttl", base="https://example.org/study/"))
    subjects = {str(subject) for subject in graph.subjects()}
    assert all(subject.startswith("https://example.org/study/") for subject in subjects)


@pytest.mark.parametrize("base", ["", "no scheme/", "http://x> <y/", "https://example.org/a"])
def test_a_base_that_begins_no_name_is_refused(kb, tmp_path, base):
    with pytest.raises(pg.FileError, match="no beginning of an IRI"):
        pg.write_rdf(kb, tmp_path / "out.ttl", base=base)


def test_an_unknown_suffix_is_refused(kb, tmp_path):
    with pytest.raises(pg.FileError, match=r"\.ttl, \.jsonld, \.nt"):
        pg.write_rdf(kb, tmp_path / "out.rdf")


def test_a_graph_out_of_a_file_and_a_scenario_are_written_too(kb, graph, tmp_path):
    without = read(pg.write_rdf(graph, tmp_path / "graph.ttl"))
    assert not list(without.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/oa#TextQuoteSelector")))
    after = pg.add_pairing(kb, "区招商投资局", "县商务委", scenario="试行")
    changed = read(pg.write_rdf(after, tmp_path / "after.ttl"))
    assert ask(changed, 'SELECT ?name WHERE { ?p :scenario "试行"@zh ; :recipient/skos:prefLabel ?name }') == [
        ("巫溪县商务委",)
    ]


def test_a_region_has_the_code_that_its_units_have(kb, tmp_path):
    bare = kb.documents.assign(region_codes=[()] * len(kb.documents))
    codes = {"渝中区": "500103", "巫溪县": "500238"}  # GB/T 2260
    units = kb.units.assign(region_code=kb.units["region"].map(codes).fillna("").astype("string"))
    graph = read(pg.write_rdf(kb.replace(documents=bare, units=units), tmp_path / "out.ttl"))
    query = """SELECT ?region ?code WHERE {
        ?place a dcterms:Location ; skos:prefLabel ?region ; dcterms:identifier ?code }"""
    assert dict(ask(graph, query)) == codes
